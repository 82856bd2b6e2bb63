import type { Counts, Found, JobResult } from './job.ts';
import type { CampaignInfo } from './selection.ts';

/** What a campaign came to. */
export interface CampaignTally extends CampaignInfo {
  cases: number;
  compared: number;
  seconds: number;
  readonly counts: { -readonly [V in keyof Counts]: Counts[V] };
  readonly covers: { [word: string]: number };
  /** One for each place, the first that was found. */
  readonly found: Found[];
  /** How often cases were refuted at places that are known. */
  again: number;
}

export const emptyTally = ({ name, kind }: CampaignInfo): CampaignTally => ({
  name,
  kind,
  cases: 0,
  compared: 0,
  seconds: 0,
  counts: { proved: 0, refuted: 0, inconclusive: 0, missing: 0 },
  covers: {},
  found: [],
  again: 0,
});

/** Adds a result; returns what it found at new places. */
export function addTo(tally: CampaignTally, { cases, compared, seconds, counts, covers, found }: JobResult): Found[] {
  tally.cases += cases;
  tally.compared += compared;
  tally.seconds += seconds;
  for (const verdict of ['proved', 'refuted', 'inconclusive', 'missing'] as const)
    tally.counts[verdict] += counts[verdict];
  for (const [word, count] of Object.entries(covers)) tally.covers[word] = (tally.covers[word] ?? 0) + count;
  const fresh = found.filter((one) => !tally.found.some((known) => isSame(known, one)));
  tally.again +=
    found.filter(({ verdict }) => verdict === 'refuted').length -
    fresh.filter(({ verdict }) => verdict === 'refuted').length;
  tally.found.push(...fresh);
  return fresh;
}

/** Whether two findings are one: the same campaign says the same of other numbers. */
const isSame = (a: Pick<Found, 'campaign' | 'place' | 'verdict'>, b: typeof a): boolean =>
  a.campaign === b.campaign && a.place === b.place && a.verdict === b.verdict;

/** Verdicts over all campaigns. */
export function totalsOf(tallies: readonly CampaignTally[]): {
  readonly cases: number;
  readonly compared: number;
  readonly counts: Counts;
} {
  const sum = (f: (tally: CampaignTally) => number): number => tallies.reduce((total, each) => total + f(each), 0);
  return {
    cases: sum(({ cases }) => cases),
    compared: sum(({ compared }) => compared),
    counts: {
      proved: sum(({ counts }) => counts.proved),
      refuted: sum(({ counts }) => counts.refuted),
      inconclusive: sum(({ counts }) => counts.inconclusive),
      missing: sum(({ counts }) => counts.missing),
    },
  };
}
