import type { EChartsCoreOption } from 'echarts/core';

/** Size of all plots in the units of their text, which is 12 high: a phone shows one at about its own size. */
export const plotSize = { width: 440, height: 290 } as const;

/** The page's variables: a plot is drawn once and follows the reader's choice of light or dark. */
export const ink = { text: 'var(--soft)', axis: 'var(--soft)', grid: 'var(--line)', ground: 'var(--ground)' } as const;

const text = { color: ink.text, fontSize: 12 };

/** What the axes of a plot are called and how they count. */
export interface Axes {
  readonly x: string;
  readonly y: string;
  readonly logarithmicX?: boolean | undefined;
  readonly logarithmicY?: boolean | undefined;
}

/** What all plots over two axes of numbers have in common. */
export function numberAxes({ x, y, logarithmicX, logarithmicY }: Axes): EChartsCoreOption {
  const common = {
    scale: true,
    nameTextStyle: text,
    axisLine: { show: true, lineStyle: { color: ink.axis } },
    axisTick: { lineStyle: { color: ink.axis } },
    axisLabel: { ...text, hideOverlap: true, formatter: tickText },
    splitLine: { lineStyle: { color: ink.grid } },
    minorSplitLine: { lineStyle: { color: ink.grid } },
  };
  const kind = (logarithmic: boolean | undefined): object =>
    logarithmic === true ? { type: 'log', logBase: 10 } : { type: 'value', splitNumber: 5 };
  return {
    animation: false,
    grid: plotGrid,
    xAxis: {
      ...common,
      ...kind(logarithmicX),
      name: x,
      nameLocation: 'middle',
      nameGap: 24,
      splitLine: { show: false },
    },
    yAxis: {
      ...common,
      ...kind(logarithmicY),
      name: y,
      nameLocation: 'end',
      nameTextStyle: { ...text, align: 'left' },
    },
  };
}

/** Room for the labels of the axes is found by the library. */
export const plotGrid = {
  left: 8,
  right: 12,
  top: 4,
  bottom: 4,
  outerBoundsMode: 'same',
  outerBoundsContain: 'all',
} as const;

/** A number at an axis, in a few characters. */
function tickText(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e5 || size < 1e-3)) return value.toExponential().replace('e+', 'e');
  return String(Number(value.toPrecision(6)));
}
