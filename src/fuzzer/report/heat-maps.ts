import { type Region, regionOf } from '../../check/regions.ts';
import { divergingColour, isDark } from '../../report/diverging-colour.ts';
import { type Html, html } from '../../report/html.ts';
import { shortNumber } from '../../report/short-number.ts';
import type { Compared } from '../job.ts';
import { type Plane, planeOf } from './plane.ts';

/** Larger planes are not drawn whole. */
const mostCells = 48;

/** Analytic and numeric gradient and their difference as pictures of one plane, with what differs where. */
export function heatMaps(compared: Compared): Html {
  const plane = planeOf(compared);
  if (plane === undefined) return html`<p>The gradient of ${compared.of} has no elements.</p>`;
  const finite = [...plane.analytic, ...plane.numeric].filter(Number.isFinite);
  const common = Math.max(...finite.map(Math.abs), 0);
  const own = Math.max(...plane.difference.filter(Number.isFinite).map(Math.abs), 0);
  const where = compared.shape.length > 2 ? `, plane [${plane.index.join(', ')}]` : '';
  return html`<div class="maps">
${heatMap('analytic', plane.analytic, common, plane)}
${heatMap('numeric', plane.numeric, common, plane)}
${heatMap('difference', plane.difference, own, plane)}
</div>
<p class="note">Gradient of <b>${compared.of}</b> [${compared.shape.join(', ')}]${where}. Wrong:
${(['corner', 'edge', 'interior'] as const).map((region) => regionText(region, plane))}</p>`;
}

const regionText = (region: Region, { wrong }: Plane): Html | undefined => {
  const { count, of } = wrong[region];
  if (of === 0) return undefined;
  return html`<span class="region${count > 0 ? ' bad' : ''}">${region} ${count} of ${of}</span> `;
};

function heatMap(title: string, values: readonly number[], scale: number, { rows, columns }: Plane): Html {
  const [shownRows, shownColumns] = [Math.min(rows, mostCells), Math.min(columns, mostCells)];
  const cell = Math.max(5, Math.min(38, Math.floor(300 / Math.max(shownRows, shownColumns))));
  const [width, height] = [shownColumns * cell, shownRows * cell];
  const cells = Array.from({ length: shownRows * shownColumns }, (_, k) => {
    const [row, column] = [Math.floor(k / shownColumns), k % shownColumns];
    const value = values[row * columns + column]!;
    const share = scale === 0 ? 0 : value / scale;
    const region = regionOf(row * columns + column, [rows, columns]);
    const label = cell < 26 ? undefined : labelOf(value, share, column * cell + cell / 2, row * cell + cell / 2);
    return html`<g><title>[${row},${column}] ${region}: ${value}</title><rect x="${column * cell}" y="${row * cell}" width="${cell}" height="${cell}" fill="${divergingColour(share)}" class="${region}"/>${label}</g>`;
  });
  const cut = shownRows < rows || shownColumns < columns ? ` (the first ${shownRows} × ${shownColumns})` : '';
  return html`<figure><svg role="img" aria-label="${title}" viewBox="-2 -2 ${width + 4} ${height + 4}" width="${width + 4}" height="${height + 4}">${cells}${frame(rows, columns, cell, width, height)}</svg>
<figcaption>${title}${cut}<br><small>±${shortNumber(scale)}</small></figcaption></figure>`;
}

/** The line between border and inside. */
function frame(rows: number, columns: number, cell: number, width: number, height: number): Html | undefined {
  if (rows > mostCells || columns > mostCells) return undefined;
  const [x, y] = [columns > 2 ? cell : 0, rows > 2 ? cell : 0];
  if (x === 0 && y === 0) return undefined;
  return html`<rect class="inside" x="${x}" y="${y}" width="${width - 2 * x}" height="${height - 2 * y}"/>`;
}

const labelOf = (value: number, share: number, x: number, y: number): Html =>
  html`<text x="${x}" y="${y}" fill="${isDark(share) ? '#fff' : '#222'}">${shortNumber(value)}</text>`;
