import { formatDuration } from '../../io/format-duration.ts';
import { type Html, html } from '../../report/html.ts';
import { page } from '../../report/page.ts';
import { tiles } from '../../report/tiles.ts';
import { copyScript } from './copy-script.ts';
import { coverageTable } from './coverage-table.ts';
import { findingSection } from './finding-section.ts';
import type { FuzzReport } from './fuzz-report.ts';
import { fuzzStyle } from './fuzz-style.ts';

/** So many findings are unfolded. */
const unfolded = 5;

/** The report as one page that needs nothing from elsewhere. */
export function htmlReport(report: FuzzReport): string {
  const { findings, corpus, verdict, target, version } = report;
  return page({
    title: `cotangent fuzz${target === undefined ? '' : ` ${target}`}: ${verdict}`,
    facts: `${report.began.slice(0, 19).replace('T', ' ')} UTC · cotangent ${version} · Node ${report.node} · seed ${report.seed} · order ${report.order} · ${report.threads} ${report.threads === 1 ? 'thread' : 'threads'}${report.interrupted ? ' · stopped before time' : ''}`,
    intro: html`${counted(report)}
${corpus.again.length + corpus.fixed.length === 0 ? undefined : html`<p>Known failures: ${corpus.again.length} refuted again, ${corpus.fixed.length} fixed${corpus.fixed.length === 0 ? '.' : ': '}${corpus.fixed.map(({ id }) => html`<code>${id}</code> `)}</p>`}`,
    sections: [
      {
        title: 'Findings',
        content:
          findings.length === 0
            ? html`<p>Nothing was refuted, nothing is open, nothing is missing.</p>`
            : findings.map((found, i) => findingSection(found, i < unfolded)),
      },
      {
        title: 'Coverage',
        note: 'Decided cases by campaign; behind every attribute, how many cases had it.',
        content: coverageTable(report),
      },
    ],
    style: fuzzStyle,
    script: copyScript,
  });
}

function counted({ counts, cases, seconds, casesPerSecond, compared }: FuzzReport): Html {
  const share = cases === 0 ? 0 : (100 * counts.inconclusive) / cases;
  const kindOf = (verdict: keyof typeof counts): string => (counts[verdict] > 0 ? verdict : '');
  return tiles([
    { value: cases, label: `cases in ${formatDuration(seconds)}` },
    { value: casesPerSecond.toFixed(casesPerSecond < 10 ? 1 : 0), label: 'cases per second' },
    { value: compared, label: 'numbers compared' },
    { value: counts.proved, label: 'proved', kind: 'proved' },
    { value: counts.refuted, label: 'refuted', kind: kindOf('refuted') },
    { value: counts.inconclusive, label: `inconclusive (${share.toFixed(2)} %)`, kind: kindOf('inconclusive') },
    { value: counts.missing, label: 'missing', kind: kindOf('missing') },
  ]);
}
