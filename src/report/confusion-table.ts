import { Html, html } from './html.ts';

/** Pixels by true and predicted class. */
export interface ConfusionCounts {
  readonly classNames: readonly string[];
  /** Row by row: `counts[truth * classes + prediction]`. */
  readonly counts: ArrayLike<number>;
}

/** A confusion matrix: a row for each true class, with the shares that were predicted as what; darker is more. */
export function confusionTable({ classNames, counts }: ConfusionCounts): Html {
  const classes = classNames.length;
  const rows = classNames.map((name, truth) => {
    const row = Array.from({ length: classes }, (_, k) => counts[truth * classes + k]!);
    const all = row.reduce((a, b) => a + b, 0);
    const cells = row.map((count, k) => {
      const share = all === 0 ? 0 : count / all;
      const text = all === 0 ? '–' : `${(100 * share).toFixed(1)} %`;
      return html`<td class="${k === truth ? 'right' : ''}" style="${shade(share, k === truth)}" title="${count} of ${all} pixels of ${name} predicted as ${classNames[k]!}">${text}</td>`;
    });
    return html`<tr><th>${name}</th>${cells}<td>${all.toLocaleString('en').replaceAll(',', '\u202f')}</td></tr>\n`;
  });
  return html`<div class="scroll"><table class="confusion">
<thead><tr><th>true ↓ predicted →</th>${classNames.map((name) => html`<th class="number">${name}</th>`)}<th class="number">pixels</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`;
}

/** Right in green, wrong in red. Mistakes are small shares: the root makes them seen. */
const shade = (share: number, isRight: boolean): Html =>
  new Html(
    `background: color-mix(in srgb, var(${isRight ? '--good' : '--bad'}) ${Math.round(45 * Math.sqrt(share))}%, transparent)`,
  );
