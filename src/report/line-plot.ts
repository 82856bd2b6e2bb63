import { numberAxes } from './chart/axes.ts';
import { renderChart } from './chart/render-chart.ts';
import { legend, stroke } from './chart/stroke.ts';
import { type Html, html } from './html.ts';

/** Values over steps, of a loss say. */
export interface Curve {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Whether y counts in powers of ten; values that are not positive are then left out. */
  readonly logarithmic?: boolean;
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[];
}

/** Lines through points, with what they are below. Values that are no finite number interrupt a line. */
export async function linePlot({ title, x, y, logarithmic, lines }: Curve): Promise<Html> {
  const canShow = (value: number): boolean => Number.isFinite(value) && (logarithmic !== true || value > 0);
  const chart = await renderChart(
    {
      ...numberAxes({ x, y, logarithmicY: logarithmic }),
      series: lines.map(({ name, points }, n) => ({
        type: 'line',
        name,
        // A single point has no line.
        showSymbol: points.length === 1,
        lineStyle: { ...stroke(n), width: lines.length > 4 ? 1.5 : 2 },
        itemStyle: { color: stroke(n).color },
        sampling: 'lttb',
        clip: false,
        data: points.map((point) => (canShow(point[1]) ? [...point] : [point[0], null])),
      })),
    },
    title,
  );
  return html`<figure class="plot"><h3>${title}</h3>${chart}${legend(lines.map(({ name }) => name))}</figure>`;
}
