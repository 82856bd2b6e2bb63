import * as fc from 'fast-check';
import type { AnyOp, Case } from '../../graph/op.ts';
import { showType } from '../../graph/type.ts';
import { gradcheck } from '../gradcheck.ts';
import { attributeWords } from './attribute-words.ts';
import type { Campaign } from './campaign.ts';
import { outcomeOf } from './outcome-of.ts';

/** An operator in one geometry, at the point that follows from the seed. */
export interface OperatorCase {
  readonly drawn: Case<string, object>;
  readonly seed: number;
}

/** An operator's gradients in ever new geometries. */
export const operatorCampaign = (
  op: AnyOp,
  { order = 1 }: { readonly order?: number } = {},
): Campaign<OperatorCase> => ({
  name: op.name,
  kind: 'operator',
  cases: fc.record({ drawn: op.cases(fc), seed: fc.nat(0xffff) }),
  check: ({ drawn, seed }) => {
    const dtypes = new Set(Object.values(drawn.types).map(({ dtype }) => dtype));
    return outcomeOf(
      [op.name, ...attributeWords(drawn.attributes), ...dtypes],
      gradcheck(op, { case: drawn, seed, order }),
    );
  },
  show: ({ drawn: { types, attributes }, seed }) =>
    [
      ...Object.entries(types).map(([name, type]) => `${name} ${showType(type)}`),
      JSON.stringify(attributes),
      `seed ${seed}`,
    ].join('  '),
});
