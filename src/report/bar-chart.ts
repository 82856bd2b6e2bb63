import { ink, numberAxes, plotGrid } from './chart/axes.ts';
import { renderChart } from './chart/render-chart.ts';
import { stroke } from './chart/stroke.ts';
import { type Html, html } from './html.ts';
import { shortNumber } from './short-number.ts';

/** A value for each name. */
export interface Bars {
  readonly title: string;
  /** What is measured, with its unit. */
  readonly x: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
}

/** Horizontal bars from 0, the first on top: names can be read. */
export async function barChart({ title, x, bars }: Bars): Promise<Html> {
  const axes = numberAxes({ x, y: '' });
  const shown = bars.filter(({ value }) => Number.isFinite(value));
  const chart = await renderChart(
    {
      ...axes,
      // Names may be wider in the reader's font than the library guesses.
      grid: { ...plotGrid, left: 24 },
      xAxis: { ...(axes.xAxis as object), scale: false, splitLine: { show: true, lineStyle: { color: ink.grid } } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: shown.map(({ name }) => name),
        axisLine: { lineStyle: { color: ink.axis } },
        axisTick: { show: false },
        axisLabel: { color: ink.text, fontSize: 12, interval: 0 },
      },
      series: [
        {
          type: 'bar',
          data: shown.map(({ value }) => value),
          itemStyle: { color: stroke(0).color },
          label: {
            show: true,
            position: 'right',
            color: ink.text,
            fontSize: 12,
            formatter: ({ value }: { readonly value: number }) => shortNumber(value),
          },
        },
      ],
    },
    title,
  );
  return html`<figure class="plot"><h3>${title}</h3>${chart}</figure>`;
}
