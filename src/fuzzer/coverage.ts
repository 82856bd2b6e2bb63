import { dtypes as allDTypes } from '../graph/dtype.ts';
import type { CampaignTally } from './tally.ts';

/** What decided cases have covered. */
export interface Coverage {
  /** Campaigns with at least one decided case, of how many. */
  readonly reached: number;
  readonly of: number;
  /** Different pairs of campaign and attribute. */
  readonly attributes: number;
  readonly dtypes: readonly string[];
}

export function coverageOf(tallies: readonly CampaignTally[]): Coverage {
  const dtypes = new Set<string>();
  let attributes = 0;
  for (const { covers } of tallies)
    for (const word of Object.keys(covers)) {
      if (allDTypes.some((dtype) => dtype === word)) dtypes.add(word);
      else attributes++;
    }
  return {
    reached: tallies.filter(({ counts }) => counts.proved + counts.refuted > 0).length,
    of: tallies.length,
    attributes,
    dtypes: [...dtypes].sort(),
  };
}
