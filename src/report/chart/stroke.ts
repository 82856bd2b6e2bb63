import { type Html, html } from '../html.ts';

const colours = 8;
const dashes = ['solid', 'dashed', 'dotted'] as const;

/** How the nth line of a plot is drawn: eight colours, then the same dashed, then dotted. */
export const stroke = (n: number): { readonly color: string; readonly type: (typeof dashes)[number] } => ({
  color: `var(--line${(n % colours) + 1})`,
  type: dashes[Math.floor(n / colours) % dashes.length]!,
});

/** How the nth point of a plot is drawn: eight colours of discs, then of squares, then of triangles. */
export const marker = (n: number): { readonly color: string; readonly symbol: 'circle' | 'rect' | 'triangle' } => ({
  color: stroke(n).color,
  symbol: symbols[stroke(n).type],
});

const symbols = { solid: 'circle', dashed: 'rect', dotted: 'triangle' } as const;

const shapes = {
  circle: html`<circle cx="13" cy="5" r="4.5"/>`,
  rect: html`<rect x="9" y="1" width="8" height="8"/>`,
  triangle: html`<path d="M13 0L18 9H8Z"/>`,
} as const;

const patterns = { solid: '', dashed: '6 3', dotted: '2 2' } as const;

/** What the lines or points of a plot are, below it; a single one needs no words. */
export function legend(names: readonly string[], of: 'lines' | 'points' = 'lines'): Html | undefined {
  if (names.length < 2) return undefined;
  const sign = of === 'lines' ? lineSign : pointSign;
  return html`<ul class="legend">${names.map((name, n) => html`<li><svg viewBox="0 0 26 10" aria-hidden="true">${sign(n)}</svg>${name}</li>`)}</ul>`;
}

function lineSign(n: number): Html {
  const { color, type } = stroke(n);
  return html`<line x1="0" y1="5" x2="26" y2="5" stroke="${color}" stroke-width="3" stroke-dasharray="${patterns[type]}"/>`;
}

const pointSign = (n: number): Html => html`<g fill="${marker(n).color}">${shapes[marker(n).symbol]}</g>`;
