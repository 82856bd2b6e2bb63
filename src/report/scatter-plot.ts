import { ink, numberAxes, plotGrid } from './chart/axes.ts';
import { renderChart } from './chart/render-chart.ts';
import { legend, marker } from './chart/stroke.ts';
import { type Html, html } from './html.ts';

/** Named points in a plane. */
export interface Points {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly logarithmicX?: boolean;
  readonly logarithmicY?: boolean;
  readonly points: readonly { readonly name: string; readonly x: number; readonly y: number }[];
}

/** Points, with their names beside them where there is room, and all of them below. */
export async function scatterPlot({ title, points, ...axes }: Points): Promise<Html> {
  const canShow = (value: number, logarithmic = false): boolean =>
    Number.isFinite(value) && (!logarithmic || value > 0);
  const shown = points.filter(({ x, y }) => canShow(x, axes.logarithmicX) && canShow(y, axes.logarithmicY));
  const chart = await renderChart(
    {
      ...numberAxes(axes),
      // For the last name.
      grid: { ...plotGrid, right: 90 },
      series: shown.map(({ name, x, y }, n) => ({
        type: 'scatter',
        clip: false,
        symbol: marker(n).symbol,
        symbolSize: 9,
        itemStyle: { color: marker(n).color, opacity: 1 },
        data: [{ name, value: [x, y] }],
        label: { show: true, position: 'right', color: ink.text, fontSize: 11, formatter: '{b}' },
        labelLayout: { hideOverlap: true },
      })),
    },
    title,
  );
  const names = shown.map(({ name }) => name);
  return html`<figure class="plot"><h3>${title}</h3>${chart}${legend(names, 'points')}</figure>`;
}
