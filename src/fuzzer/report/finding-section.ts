import type { Snippet } from '../../check/fuzz/campaign.ts';
import { type Html, html } from '../../report/html.ts';
import type { ReportedFinding } from './fuzz-report.ts';
import { heatMaps } from './heat-maps.ts';
import { taylorPlot } from './taylor-plot.ts';

/** One finding: the smallest case, pictures where there are numbers, and code that shows it. */
export function findingSection(found: ReportedFinding, isOpen: boolean): Html {
  const { verdict, campaign, summary, case: drawn, details, compared, taylor, snippets, replay, id } = found;
  const told = [
    ...(details.some((line) => line.startsWith('smallest case')) ? [] : [`smallest case  ${drawn}`]),
    ...details,
  ];
  return html`<details class="finding" id="${id}"${isOpen ? html` open` : ''}>
<summary><span class="verdict ${verdict}">${verdict}</span> <h3>${campaign}</h3><br>${summary}</summary>
<div>
<pre class="told">${told.join('\n')}</pre>
${compared && heatMaps(compared)}
${taylor && taylorPlot(taylor)}
${code('replay', replay)}
${snippets.map((snippet: Snippet) => code(snippet.for, snippet.code.trimEnd()))}
</div>
</details>`;
}

const code = (title: string, text: string): Html =>
  html`<div class="code"><span>${title}</span><button class="copy" type="button">copy</button><pre>${text}</pre></div>`;
