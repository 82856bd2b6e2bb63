import * as fc from 'fast-check';
import type { Campaign, Outcome } from '../../src/check/fuzz/campaign.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f64 } from '../../src/graph/type.ts';

const base = { kind: 'operator', cases: fc.nat(1000), show: (n: number) => `n = ${n}` } as const;
const proved: Outcome = { verdict: 'proved', compared: 1, covers: ['f64'] };

/** A campaign over numbers, refuted from `limit` on. */
export const refutedFrom = (limit: number, name = 'small numbers'): Campaign<number> => ({
  ...base,
  name,
  check: (n) =>
    n < limit
      ? proved
      : {
          verdict: 'refuted',
          compared: 1,
          covers: ['f64', 'large'],
          failure: {
            summary: `${n} is <too> large`,
            details: [`n & so on \u0007`],
            compared: { of: 'x', analytic: array(f64(2, 2), [1, 2, 3, n]), numeric: array(f64(2, 2), [1, 2, 3, 4]) },
            taylor: [1, 0.5, 0.25].map((step) => ({ step, remainder: step })),
            snippets: [{ for: 'cotangent', code: `console.log('</script>', ${n});` }],
          },
        },
});

/** A campaign whose cases all have one verdict. */
export const always = (verdict: 'proved' | 'inconclusive' | 'missing', name: string = verdict): Campaign<number> => ({
  ...base,
  name,
  check: () => ({ ...proved, verdict, ...(verdict === 'proved' ? {} : { failure: { summary: 'why', details: [] } }) }),
});

/** A campaign whose check is broken for large numbers. */
export const throwing: Campaign<number> = {
  ...base,
  name: 'throwing',
  check: (n) => {
    if (n > 5) throw new Error(`no ${n}`);
    return proved;
  },
};
