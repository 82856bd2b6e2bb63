import { formatDuration } from '../../io/format-duration.ts';
import { findingText } from './finding-text.ts';
import type { FuzzReport } from './fuzz-report.ts';
import { headline } from './headline.ts';

/** What a session came to, for a terminal. */
export function summaryText(report: FuzzReport): string {
  const { findings, counts, cases, compared, seconds, casesPerSecond, campaigns, seed, corpus, interrupted } = report;
  const refuted = findings.filter(({ verdict }) => verdict === 'refuted');
  const inconclusive = findings.filter(({ verdict }) => verdict === 'inconclusive');
  const missing = findings.filter(({ verdict }) => verdict === 'missing');
  const inconclusiveShare = cases === 0 ? 0 : (100 * counts.inconclusive) / cases;
  return [
    ...refuted.map((one) => `\n${findingText(one)}`),
    ...inconclusive.map((one) => `inconclusive  ${headline(one)}  (${one.id})`),
    ...missing.map((one) => `missing  ${headline(one)}  (${one.id})`),
    ...(corpus.fixed.length === 0 ? [] : [`${corpus.fixed.length} known failures are fixed`]),
    `${interrupted ? 'stopped: ' : ''}${cases} cases of ${campaigns.filter((one) => one.cases > 0).length} campaigns in ` +
      `${formatDuration(seconds)} (${casesPerSecond.toFixed(0)}/s), ${compared} numbers compared, seed ${seed}`,
    `${counts.proved} proved, ${counts.refuted} refuted, ${counts.inconclusive} inconclusive ` +
      `(${inconclusiveShare.toFixed(2)} %), ${counts.missing} missing`,
    '',
  ].join('\n');
}
