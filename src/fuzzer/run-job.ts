import * as fc from 'fast-check';
import type { Campaign, Failure, Outcome, Verdict } from '../check/fuzz/campaign.ts';
import { failureId } from './failure-id.ts';
import type { Compared, Found, Job, JobResult } from './job.ts';

/** Shrinking ends after so many seconds with the smallest case known. */
const shrinkSeconds: { readonly [V in Verdict]: number } = { refuted: 15, missing: 3, inconclusive: 3, proved: 0 };

/** Tries a few cases. What is wrong is shrunk and part of the result; nothing is thrown. `stopped` ends it early. */
export async function runJob(campaign: Campaign, job: Job, stopped: () => boolean): Promise<JobResult> {
  const counts = { proved: 0, refuted: 0, inconclusive: 0, missing: 0 };
  const covers: { [word: string]: number } = {};
  let [cases, compared] = [0, 0];
  const began = performance.now();
  const count = (outcome: Outcome): void => {
    cases++;
    counts[outcome.verdict]++;
    compared += outcome.compared;
    if (outcome.verdict === 'proved' || outcome.verdict === 'refuted')
      for (const word of new Set(outcome.covers)) covers[word] = (covers[word] ?? 0) + 1;
  };
  const found: Found[] = [];
  const first = await search(campaign, job, { verdict: 'refuted', stopped, until: began + 1000 * job.seconds, count });
  if (first !== undefined) found.push(first);
  for (const verdict of ['missing', 'inconclusive'] as const) {
    if (counts[verdict] === 0 || !job.wanted.includes(verdict)) continue;
    const other = await search(campaign, job, { verdict, stopped, until: Number.POSITIVE_INFINITY });
    if (other !== undefined) found.push(other);
  }
  return {
    campaign: campaign.name,
    cases,
    compared,
    counts,
    covers,
    seconds: (performance.now() - began) / 1000,
    found,
  };
}

interface Search {
  readonly verdict: Verdict;
  stopped(): boolean;
  /** No case is begun after this time of the clock. */
  readonly until: number;
  /** Told of every case that is not one on the way of shrinking. */
  count?(outcome: Outcome): void;
}

/** The first case with this verdict, shrunk. */
async function search(
  campaign: Campaign,
  { seed, runs, path }: Job,
  { verdict, stopped, until, count }: Search,
): Promise<Found | undefined> {
  let end = until;
  let hit: { readonly drawn: unknown; readonly outcome: Outcome } | undefined;
  const property = fc.asyncProperty(campaign.cases, async (drawn) => {
    if (performance.now() > end || stopped()) return true;
    const outcome = await outcomeOf(campaign, drawn);
    if (hit === undefined) count?.(outcome);
    if (outcome.verdict !== verdict) return true;
    if (hit === undefined) end = performance.now() + 1000 * shrinkSeconds[verdict];
    hit = { drawn, outcome };
    return false;
  });
  const single = path === undefined ? { numRuns: runs } : { path, endOnFailure: true, numRuns: 1 };
  const result = await fc.check(property, { seed, ...single });
  if (hit === undefined || result.counterexamplePath === null) return undefined;
  return foundOf(campaign, { seed, path: result.counterexamplePath }, hit);
}

/** A check that throws is broken, or shows an operator that is: never passed over. */
async function outcomeOf(campaign: Campaign, drawn: unknown): Promise<Outcome> {
  try {
    return await campaign.check(drawn);
  } catch (error) {
    const [summary = '', ...details] = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split(
      '\n',
    );
    return {
      verdict: 'refuted',
      compared: 0,
      covers: [],
      failure: { summary: `the check throws: ${summary}`, details },
    };
  }
}

function foundOf(
  campaign: Campaign,
  { seed, path }: { readonly seed: number; readonly path: string },
  { drawn, outcome }: { readonly drawn: unknown; readonly outcome: Outcome },
): Found {
  const failure: Failure = outcome.failure ?? { summary: `${outcome.verdict}, without a word why`, details: [] };
  const { summary, details, compared, taylor, snippets = [] } = failure;
  return {
    id: failureId(campaign.name, seed, path),
    campaign: campaign.name,
    verdict: outcome.verdict,
    seed,
    path,
    place:
      `${compared?.of ?? ''} ${summary.replace(/\[[^\]]*\]|[-−]?\d[\d.]*(e[-+]?\d+)?|NaN|-?Infinity/g, '#')}`.trim(),
    case: campaign.show(drawn),
    summary,
    details,
    ...(compared === undefined ? {} : { compared: plain(compared) }),
    ...(taylor === undefined ? {} : { taylor }),
    snippets,
  };
}

const plain = ({ of, analytic, numeric }: Failure['compared'] & object): Compared => ({
  of,
  shape: [...analytic.shape],
  analytic: Array.from(analytic.data),
  numeric: Array.from(numeric.data),
});
