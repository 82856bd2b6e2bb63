import * as fc from 'fast-check';
import type { ForeignCase } from '../../../src/check/foreign/foreign-operator.ts';
import type { Campaign, Outcome } from '../../../src/check/fuzz/campaign.ts';

/** The smallest case that is not proved, of so many drawn; undefined where all are. */
export async function firstFault(
  { cases, check }: Campaign<ForeignCase>,
  numRuns: number,
  seed = 1,
): Promise<{ readonly outcome: Outcome; readonly drawn: ForeignCase } | undefined> {
  let last: { readonly outcome: Outcome; readonly drawn: ForeignCase } | undefined;
  const property = fc.asyncProperty(cases, async (drawn) => {
    const outcome = await check(drawn);
    if (outcome.verdict !== 'proved') last = { outcome, drawn };
    return outcome.verdict === 'proved';
  });
  await fc.check(property, { seed, numRuns });
  return last;
}
