import { type Html, html } from './html.ts';

/** Numbers side by side; a cell that is a number is shown with four significant digits. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A table; columns of numbers stand to the right. On a narrow screen it is scrolled, the page is not. */
export function table({ title, head, rows }: Table): Html {
  const isNumeric = head.map((_, k) =>
    rows.every((row) => typeof row[k] === 'number' || /^([-−+]?[\d.]|–$|$)/.test(row[k] ?? '')),
  );
  const kind = (k: number): Html | undefined => (isNumeric[k] ? html` class="number"` : undefined);
  return html`${title === '' ? undefined : html`<h3>${title}</h3>`}<div class="scroll"><table class="measured">
<thead><tr>${head.map((name, k) => html`<th${kind(k)}>${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map((cell, k) => html`<td${kind(k)}>${typeof cell === 'number' ? cellText(cell) : cell}</td>`)}</tr>\n`)}</tbody></table></div>`;
}

/** Four significant digits; whole numbers in full, in groups of three. */
export function cellText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en').replaceAll(',', '\u202f');
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(3).replace('e+', 'e');
  return size >= 1000 ? value.toFixed(0) : value.toPrecision(4);
}
