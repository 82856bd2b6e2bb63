import type { Selection } from '../selection.ts';
import type { SessionResult } from '../session.ts';
import { totalsOf } from '../tally.ts';
import type { FuzzReport, ReportedFinding } from './fuzz-report.ts';
import { replayCommand } from './replay-command.ts';

/** At most this share of all cases may be inconclusive. */
const inconclusiveShare = 0.01;

interface Asked {
  readonly selection: Pick<Selection, 'order' | 'target'>;
  readonly seed: number;
  readonly threads: number;
  readonly version: string;
}

/** A session as a report. */
export function reportOf(
  { selection, version, seed, threads }: Asked,
  { tallies, again, fixed }: SessionResult,
  { began, interrupted }: { readonly began: Date; readonly interrupted: boolean },
): FuzzReport {
  const { order, target } = selection;
  const { cases, compared, counts } = totalsOf(tallies);
  const seconds = (Date.now() - began.getTime()) / 1000;
  const findings = (['refuted', 'inconclusive', 'missing'] as const).flatMap((verdict) =>
    tallies.flatMap(({ found }) =>
      found
        .filter((one) => one.verdict === verdict)
        .map((one): ReportedFinding => ({ ...one, replay: replayCommand(one.id, selection) })),
    ),
  );
  return {
    format: 'cotangent-fuzz/1',
    version,
    node: process.version,
    seed,
    order,
    ...(target === undefined ? {} : { target }),
    began: began.toISOString(),
    seconds,
    threads,
    interrupted,
    verdict: counts.refuted > 0 || counts.inconclusive > inconclusiveShare * cases ? 'failed' : 'passed',
    cases,
    compared,
    casesPerSecond: cases / Math.max(seconds, 1e-3),
    counts,
    campaigns: tallies.map(({ found, again, ...rest }) => rest),
    findings,
    corpus: { again, fixed },
  };
}
