import { type Html, html } from '../html.ts';

const colours = 8;
const dashes = ['solid', 'dashed', 'dotted'] as const;

/** How the nth line of a plot is drawn: eight colours, then the same dashed, then dotted. */
export const stroke = (n: number): { readonly color: string; readonly type: (typeof dashes)[number] } => ({
  color: `var(--line${(n % colours) + 1})`,
  type: dashes[Math.floor(n / colours) % dashes.length]!,
});

const patterns = { solid: '', dashed: '6 3', dotted: '2 2' } as const;

/** What the lines of a plot are, below it; a single one needs no words. */
export function legend(names: readonly string[]): Html | undefined {
  if (names.length < 2) return undefined;
  const entries = names.map((name, n) => {
    const { color, type } = stroke(n);
    return html`<li><svg viewBox="0 0 26 10" aria-hidden="true"><line x1="0" y1="5" x2="26" y2="5" stroke="${color}" stroke-width="3" stroke-dasharray="${patterns[type]}"/></svg>${name}</li>`;
  });
  return html`<ul class="legend">${entries}</ul>`;
}
