import { encodePng } from '../io/png/encode-png.ts';
import { cellText, Html, html } from '../report/index.ts';

/** A plane of numbers to be seen. */
export interface HeatMap {
  readonly title: string;
  /** What the numbers are, and what else is drawn. */
  readonly caption: string;
  readonly rows: number;
  readonly columns: number;
  /** Row by row; none is negative. What is 0 is left blank. */
  readonly values: ArrayLike<number>;
  /** Whether colours count in powers of ten. */
  readonly logarithmic?: boolean;
  /** Drawn over it, in elements. */
  readonly boxes?: readonly Box[];
  readonly ellipses?: readonly Ellipse[];
}

/** From element `top`, `left` on. */
interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

interface Ellipse {
  readonly row: number;
  readonly column: number;
  readonly radii: readonly [rows: number, columns: number];
}

/** Viridis, by van der Walt and Smith: even steps for every eye, dark to bright. */
const stops: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
];

/** A heat map as one figure: the numbers are a picture of as many pixels, in a drawing that is as large as there is room. */
export function heatMap({ title, caption, rows, columns, values, logarithmic = false, ...over }: HeatMap): Html {
  const { boxes = [], ellipses = [] } = over;
  const shown = Array.from({ length: rows * columns }, (_, i) => values[i] ?? 0);
  const seen = shown.filter((value) => value > 0 && Number.isFinite(value));
  const [least, most] = [seen.reduce((a, b) => Math.min(a, b), Infinity), seen.reduce((a, b) => Math.max(a, b), 0)];
  const scale = logarithmic ? Math.log : (value: number): number => value;
  // Differences of rounding are none.
  const from = logarithmic ? scale(least) : 0;
  const span = scale(most) - from;
  const share = (value: number): number => (span > 1e-12 ? (scale(value) - from) / span : 1);
  const data = new Uint8Array(4 * rows * columns);
  shown.forEach((value, i) => {
    if (value > 0) data.set([...colourOf(share(value)), 255], 4 * i);
  });
  const png = Buffer.from(encodePng({ width: columns, height: rows, channels: 4, data })).toString('base64');
  const thin = Math.max(rows, columns) / 160;
  const frames = boxes.map(
    ({ top, left, height, width }) =>
      html`<rect class="over" x="${left}" y="${top}" width="${width}" height="${height}" stroke-width="${thin}"/>`,
  );
  const rings = ellipses.map(
    ({ row, column, radii }) =>
      html`<ellipse class="over ring" cx="${column}" cy="${row}" rx="${radii[1]}" ry="${radii[0]}" stroke-width="${thin}"/>`,
  );
  const range =
    seen.length === 0 ? 'nothing' : least === most ? cellText(most) : `${cellText(least)} to ${cellText(most)}`;
  return html`<figure class="map"><h3>${title}</h3><svg role="img" aria-label="${title}" viewBox="0 0 ${columns} ${rows}">
<image href="data:image/png;base64,${new Html(png)}" width="${columns}" height="${rows}" preserveAspectRatio="none" style="image-rendering: pixelated"/>${frames}${rings}</svg>
<figcaption><i class="scale"></i> ${range}${logarithmic ? ', by powers' : ''}. ${caption}</figcaption></figure>`;
}

function colourOf(share: number): readonly number[] {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  return stops[below]!.map((from, i) => Math.round(from + (place - below) * (stops[below + 1]![i]! - from)));
}

/** Heat maps one beside the other, where there is room. */
export const heatMaps = (shown: readonly Html[]): Html => html`<div class="maps">${shown}</div>`;

/** How heat maps look, and plots that stand alone, for the page's style. */
export const heatMapStyle = `
.plots > :only-child { max-width: 640px; }
.maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); gap: 20px; margin: 16px 0; }
.map > h3 { margin: 0 0 4px; } .map svg { display: block; width: 100%; max-width: 300px; border: 1px solid var(--line); border-radius: 4px; background: var(--panel); }
.map figcaption { max-width: 300px; color: var(--soft); } .map .over { fill: none; stroke: var(--bad); } .map .ring { stroke: var(--strong); stroke-dasharray: 2% 1%; }
.map .scale { display: inline-block; width: 60px; height: 9px; border-radius: 2px; background: linear-gradient(90deg, rgb(68,1,84), rgb(59,82,139), rgb(33,145,140), rgb(94,201,98), rgb(253,231,37)); }
`;
