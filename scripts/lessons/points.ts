/** A grid of pixels with points and lines on it, in the coordinates of the pixels' corners: (row, column). */
export interface Points {
  readonly rows: number;
  readonly columns: number;
  readonly caption: string;
  readonly points: readonly (readonly [row: number, column: number])[];
  /** Outlined: top, left, bottom, right. */
  readonly box?: readonly [number, number, number, number];
  /** Arrows to each point from here, one for each. */
  readonly from?: readonly (readonly [row: number, column: number])[];
  readonly shaded?: (row: number, column: number) => boolean;
}

const side = 30;
const gap = 16;

/** Grids side by side, as an SVG that is at home on light and dark pages. */
export function drawPoints(grids: readonly Points[]): string {
  let x = gap;
  let body = '';
  for (const grid of grids) {
    body += `<g transform="translate(${x} ${gap})">${drawGrid(grid)}</g>\n`;
    x += grid.columns * side + gap;
  }
  const height = Math.max(...grids.map(({ rows }) => rows)) * side + 2 * gap + 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${x}" height="${height}" viewBox="0 0 ${x} ${height}"><style>
rect { fill: none; stroke: #888; stroke-width: .7; } .shaded { fill: #4a90d955; } .box { stroke: #d9542b; stroke-width: 2; }
circle { fill: #d9542b; } line { stroke: #d9542b; stroke-width: 1.2; } text { font: 12px system-ui, sans-serif; text-anchor: middle; fill: #5c6670; }
@media (prefers-color-scheme: dark) { text { fill: #9aa5b0; } }
</style>\n${body}</svg>\n`;
}

function drawGrid({ rows, columns, caption, points, box, from = [], shaded }: Points): string {
  let text = '';
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      text += `<rect x="${c * side}" y="${r * side}" width="${side}" height="${side}"${shaded?.(r, c) === true ? ' class="shaded"' : ''}/>`;
  if (box !== undefined) {
    const [top, left, bottom, right] = box.map((v) => v * side) as [number, number, number, number];
    text += `<rect class="box" x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/>`;
  }
  for (const [k, [row, column]] of points.entries()) {
    const start = from[k];
    const [px, py] = [(column * side).toFixed(1), (row * side).toFixed(1)];
    if (start !== undefined) text += `<line x1="${start[1] * side}" y1="${start[0] * side}" x2="${px}" y2="${py}"/>`;
    text += `<circle cx="${px}" cy="${py}" r="4"/>`;
  }
  return `${text}<text x="${(columns * side) / 2}" y="${rows * side + 18}">${caption}</text>`;
}
