import type { Campaign } from '../check/fuzz/campaign.ts';
import { compositeCampaigns, compositeNames } from '../check/fuzz/composite-campaign.ts';
import { operatorCampaign } from '../check/fuzz/operator-campaign.ts';
import { lawCampaigns } from '../check/laws/index.ts';
import { programCampaign } from '../check/programs/index.ts';
import { ops as table } from '../ops/index.ts';
import type { Selection } from './selection.ts';
import { foreignCampaigns } from './targets/foreign-campaigns.ts';

/** All that `--ops` may name. */
export const fuzzableNames: readonly string[] = [...new Set([...Object.keys(table), ...compositeNames])].sort();

/**
 * The campaigns of a selection.
 *
 * @throws CotangentError `foreign/absent` or `foreign/target` where the target is not there.
 */
export async function campaignsFor({ ops, laws, graphs, order, target }: Selection): Promise<Campaign[]> {
  if (target !== undefined) {
    const foreign = await foreignCampaigns(target);
    return Array.isArray(ops) ? foreign.filter(({ name }) => ops.some((op) => name.split(' ').includes(op))) : foreign;
  }
  const names = ops === true ? fuzzableNames : ops === false ? [] : ops;
  const operators = names.flatMap((name) => {
    const op = table[name];
    return op === undefined ? [] : [operatorCampaign(op, { order })];
  });
  return [
    ...operators,
    ...compositeCampaigns(names, { order }),
    ...(laws ? lawCampaigns() : []),
    // Programs are differentiated twice in any case: some of them, for time's sake.
    ...(graphs ? [programCampaign({ order: Math.max(2, order) })] : []),
  ] as Campaign[];
}
