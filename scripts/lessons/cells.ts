/** How a cell is filled; the tones differ in hue, and are legible on light and dark ground. */
export type Tone = 'plain' | 'blue' | 'green' | 'orange' | 'faint' | number;

/** A table of cells with a caption below. */
export interface Cells {
  readonly kind?: 'cells';
  readonly values: readonly (readonly (string | number)[])[];
  readonly caption?: string;
  /** The tone of a cell; a number from 0 to 1 is a depth of blue. */
  readonly tone?: (row: number, column: number) => Tone;
  /** Side of a cell in pixels; 30 unless given. */
  readonly side?: number;
}

/** A table of cells or a sign between two. */
export type Item = Cells | string;

const tones: { readonly [name: string]: string } = {
  blue: '#4a90d966',
  green: '#3fae6a66',
  orange: '#e8933a77',
  faint: '#88888822',
};

const style = `<style>
text { font: 13px system-ui, sans-serif; text-anchor: middle; dominant-baseline: central; fill: #1c2126; }
.caption { font-size: 12px; fill: #5c6670; } .sign { font-size: 20px; } rect { stroke: #888; stroke-width: .7; fill: none; }
@media (prefers-color-scheme: dark) { text { fill: #e6e9ec; } .caption { fill: #9aa5b0; } }
</style>`;

const gap = 16;
const signWidth = 26;
const captionHeight = 24;

/** Rows of tables and signs between them, as an SVG that is at home on light and dark pages. */
export function drawCells(rows: readonly (readonly Item[])[]): string {
  let y = gap;
  let width = 0;
  let body = '';
  for (const row of rows) {
    const height = Math.max(...row.map((item) => (typeof item === 'string' ? 0 : heightOf(item))));
    let x = gap;
    for (const item of row) {
      if (typeof item === 'string') {
        body += `<text class="sign" x="${x + signWidth / 2}" y="${y + height / 2}">${escaped(item)}</text>\n`;
        x += signWidth + gap / 2;
        continue;
      }
      body += drawTable(item, x, y + (height - heightOf(item)) / 2);
      x += widthOf(item) + gap / 2;
    }
    width = Math.max(width, x + gap / 2);
    y += height + captionHeight + gap / 2;
  }
  const size = `width="${Math.round(width)}" height="${Math.round(y)}" viewBox="0 0 ${Math.round(width)} ${Math.round(y)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${style}\n${body}</svg>\n`;
}

const sideOf = ({ side = 30 }: Cells): number => side;
const heightOf = (table: Cells): number => table.values.length * sideOf(table);
const tableWidth = (table: Cells): number => Math.max(...table.values.map((row) => row.length)) * sideOf(table);
const captionWidth = ({ caption = '' }: Cells): number => caption.length * 6.2;
const widthOf = (table: Cells): number => Math.max(tableWidth(table), captionWidth(table));

function drawTable(table: Cells, left: number, top: number): string {
  const side = sideOf(table);
  const x0 = left + (widthOf(table) - tableWidth(table)) / 2;
  let text = '';
  for (const [r, row] of table.values.entries())
    for (const [c, value] of row.entries()) {
      const [x, y] = [x0 + c * side, top + r * side];
      const fill = fillOf(table.tone?.(r, c) ?? 'plain');
      text += `<rect x="${x}" y="${y}" width="${side}" height="${side}"${fill === undefined ? '' : ` style="fill:${fill}"`}/>`;
      if (value !== '') text += `<text x="${x + side / 2}" y="${y + side / 2 + 1}">${escaped(`${value}`)}</text>`;
      text += '\n';
    }
  if (table.caption !== undefined)
    text += `<text class="caption" x="${left + widthOf(table) / 2}" y="${top + heightOf(table) + captionHeight / 2}">${escaped(table.caption)}</text>\n`;
  return text;
}

function fillOf(tone: Tone): string | undefined {
  if (typeof tone === 'string') return tones[tone];
  return tone <= 0 ? undefined : `rgba(74, 144, 217, ${(0.12 + 0.75 * Math.min(1, tone)).toFixed(3)})`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);
