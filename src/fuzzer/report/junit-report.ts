import XMLBuilder from 'fast-xml-builder';
import type { FuzzReport, ReportedFinding } from './fuzz-report.ts';

/** The report as JUnit XML: a suite for each kind of campaign, a case for each campaign. */
export function junitReport(report: FuzzReport): string {
  const kinds = [...new Set(report.campaigns.map(({ kind }) => kind))];
  const suites = kinds.map((kind) => {
    const campaigns = report.campaigns.filter((campaign) => campaign.kind === kind);
    const cases = campaigns.map((campaign) => {
      const found = report.findings.filter((one) => one.campaign === campaign.name);
      const { proved, refuted, inconclusive, missing } = campaign.counts;
      return {
        '@name': campaign.name,
        '@classname': `fuzz.${kind}`,
        '@time': campaign.seconds.toFixed(3),
        ...outcomeOf(found, campaign.cases, inconclusive),
        'system-out': clean(
          `${proved} proved, ${refuted} refuted, ${inconclusive} inconclusive, ${missing} missing, seed ${report.seed}`,
        ),
      };
    });
    return {
      '@name': `fuzz ${kind}`,
      '@tests': cases.length,
      '@failures': cases.filter((one) => 'failure' in one).length,
      '@errors': 0,
      '@skipped': cases.filter((one) => 'skipped' in one).length,
      '@time': campaigns.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
      '@timestamp': report.began.replace(/\.\d+Z$/, ''),
      testcase: cases,
    };
  });
  const total = (key: '@tests' | '@failures'): number => suites.reduce((sum, suite) => sum + suite[key], 0);
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressBooleanAttributes: false,
  });
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': `cotangent fuzz ${report.version}`,
      '@tests': total('@tests'),
      '@failures': total('@failures'),
      '@time': report.seconds.toFixed(3),
      testsuite: suites,
    },
  });
}

function outcomeOf(found: readonly ReportedFinding[], cases: number, inconclusive: number): object {
  const refuted = found.filter(({ verdict }) => verdict === 'refuted');
  if (refuted.length > 0)
    return {
      failure: refuted.map((one) => ({ '@message': clean(one.summary), '@type': 'refuted', '#text': textOf(one) })),
    };
  const open = found.find(({ verdict }) => verdict === 'inconclusive');
  if (open !== undefined && inconclusive > cases / 100)
    return { failure: { '@message': clean(open.summary), '@type': 'inconclusive', '#text': textOf(open) } };
  const missing = found.find(({ verdict }) => verdict === 'missing');
  return missing === undefined ? {} : { skipped: { '@message': clean(missing.summary) } };
}

const textOf = ({ case: drawn, details, replay, snippets }: ReportedFinding): string =>
  clean(
    [
      `case    ${drawn}`,
      ...details,
      `replay  ${replay}`,
      ...snippets.flatMap((one) => ['', `${one.for}:`, one.code]),
    ].join('\n'),
  );

/** XML has no place for control characters and halves of pairs, however they are escaped. */
const clean = (text: string): string =>
  Array.from(text, (c) => ((c < ' ' && c !== '\n' && c !== '\t') || /^\p{Surrogate}$/u.test(c) ? '\uFFFD' : c)).join(
    '',
  );
