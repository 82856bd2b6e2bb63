import { ink, numberAxes, plotGrid } from './chart/axes.ts';
import { renderChart } from './chart/render-chart.ts';
import { stroke } from './chart/stroke.ts';
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

/** Points with their names beside them. */
export async function scatterPlot({ title, points, ...axes }: Points): Promise<Html> {
  const canShow = (value: number, logarithmic = false): boolean =>
    Number.isFinite(value) && (!logarithmic || value > 0);
  const shown = points.filter(({ x, y }) => canShow(x, axes.logarithmicX) && canShow(y, axes.logarithmicY));
  const chart = await renderChart(
    {
      ...numberAxes(axes),
      // For the last name.
      grid: { ...plotGrid, right: 90 },
      series: [
        {
          type: 'scatter',
          clip: false,
          symbolSize: 9,
          itemStyle: { color: stroke(0).color },
          data: shown.map(({ name, x, y }) => ({ name, value: [x, y] })),
          label: { show: true, position: 'right', color: ink.text, fontSize: 11, formatter: '{b}' },
          labelLayout: { hideOverlap: false, moveOverlap: 'shiftY' },
        },
      ],
    },
    title,
  );
  return html`<figure class="plot"><h3>${title}</h3>${chart}</figure>`;
}
