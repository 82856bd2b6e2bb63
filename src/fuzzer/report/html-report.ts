import { formatDuration } from '../../io/format-duration.ts';
import { coverageTable } from './coverage-table.ts';
import { findingSection } from './finding-section.ts';
import type { FuzzReport } from './fuzz-report.ts';
import { Html, html } from './html.ts';
import { pageScript, pageStyle } from './page-style.ts';

/** So many findings are unfolded. */
const unfolded = 5;

/** The report as one page that needs nothing from elsewhere. */
export function htmlReport(report: FuzzReport): string {
  const { findings, corpus, verdict, target, version } = report;
  const title = `cotangent fuzz${target === undefined ? '' : ` ${target}`}: ${verdict}`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${title}</title><style>${new Html(pageStyle)}</style></head>
<body>
<h1>${title}</h1>
<p class="facts">${report.began.slice(0, 19).replace('T', ' ')} UTC · cotangent ${version} · Node ${report.node} · seed ${report.seed} · order ${report.order} · ${report.threads} ${report.threads === 1 ? 'thread' : 'threads'}${report.interrupted ? ' · stopped before time' : ''}</p>
${tiles(report)}
${corpus.again.length + corpus.fixed.length === 0 ? undefined : html`<p>Known failures: ${corpus.again.length} refuted again, ${corpus.fixed.length} fixed${corpus.fixed.length === 0 ? '.' : ': '}${corpus.fixed.map(({ id }) => html`<code>${id}</code> `)}</p>`}
<h2>Findings</h2>
${findings.length === 0 ? html`<p>Nothing was refuted, nothing is open, nothing is missing.</p>` : findings.map((found, i) => findingSection(found, i < unfolded))}
<h2>Coverage</h2>
<p class="note">Decided cases by campaign; behind every attribute, how many cases had it.</p>
${coverageTable(report)}
<script>${new Html(pageScript)}</script>
</body></html>
`.text;
}

function tiles({ counts, cases, seconds, casesPerSecond, compared }: FuzzReport): Html {
  const share = cases === 0 ? 0 : (100 * counts.inconclusive) / cases;
  const tile = (value: string | number, label: string, kind = ''): Html =>
    html`<div class="tile"><b class="${kind}">${value}</b>${label}</div>`;
  return html`<div class="tiles">
${tile(cases, `cases in ${formatDuration(seconds)}`)}
${tile(casesPerSecond.toFixed(casesPerSecond < 10 ? 1 : 0), 'cases per second')}
${tile(compared, 'numbers compared')}
${tile(counts.proved, 'proved', 'proved')}
${tile(counts.refuted, 'refuted', counts.refuted > 0 ? 'refuted' : '')}
${tile(counts.inconclusive, `inconclusive (${share.toFixed(2)} %)`, counts.inconclusive > 0 ? 'inconclusive' : '')}
${tile(counts.missing, 'missing', counts.missing > 0 ? 'missing' : '')}
</div>`;
}
