import { type DType, dtypes } from '../../graph/dtype.ts';
import { type Html, html } from '../../report/html.ts';
import type { FuzzReport } from './fuzz-report.ts';

/** Campaigns by what became of their cases, the dtypes and the attributes that decided cases had. */
export function coverageTable({ campaigns }: FuzzReport): Html {
  const shown = dtypes.filter((dtype) => campaigns.some(({ covers }) => dtype in covers));
  return html`<div class="scroll"><table>
<thead><tr><th>campaign</th><th>kind</th><th class="number">cases</th><th class="number">proved</th><th class="number">refuted</th>
<th class="number">inconclusive</th><th class="number">missing</th>${shown.map((dtype) => html`<th class="number">${dtype}</th>`)}<th>attributes covered</th></tr></thead>
<tbody>
${campaigns.map(
  ({ name, kind, cases, counts, covers }) => html`<tr><td>${name}</td><td>${kind}</td><td class="number">${cases}</td>
${(['proved', 'refuted', 'inconclusive', 'missing'] as const).map((verdict) => html`<td class="number${counts[verdict] > 0 ? ` ${verdict}` : ''}">${counts[verdict]}</td>`)}
${shown.map((dtype) => html`<td class="number">${covers[dtype] ?? 0}</td>`)}
<td class="words">${words(name, covers)}</td></tr>`,
)}
</tbody></table></div>`;
}

const words = (campaign: string, covers: { readonly [word: string]: number }): Html[] =>
  Object.entries(covers)
    .filter(([word]) => word !== campaign && !dtypes.includes(word as DType))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count], i) => html`${i > 0 ? ', ' : ''}<b>${word}</b> ${count}`);
