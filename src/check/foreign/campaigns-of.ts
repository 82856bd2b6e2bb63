import * as fc from 'fast-check';
import { showType } from '../../graph/type.ts';
import type { Campaign } from '../fuzz/campaign.ts';
import { checkExternal } from './check-external.ts';
import type { ExternalCheck } from './external.ts';
import type { ForeignCase, ForeignOperator } from './foreign-operator.ts';
import type { ForeignTarget } from './foreign-target.ts';

/** One campaign for each operator of a target. */
export const campaignsOf = <O extends ForeignOperator>(target: ForeignTarget<O>): Campaign<ForeignCase>[] =>
  target.operators.map((op) => {
    let confirmed = false;
    return {
      name: `${target.name} ${op.name}`,
      kind: 'foreign',
      cases: op.cases(fc),
      check: async (drawn) => {
        const check = checkOf(target, op, drawn);
        const outcome = await checkExternal(check);
        if (outcome.verdict !== 'refuted' || confirmed || target.renew === undefined) return outcome;
        await target.renew();
        const again = await checkExternal(check);
        confirmed = again.verdict === 'refuted';
        return again;
      },
      show: showCase,
    };
  });

const checkOf = <O extends ForeignOperator>(target: ForeignTarget<O>, op: O, drawn: ForeignCase): ExternalCheck => ({
  name: op.name,
  inputs: drawn.inputs,
  seed: drawn.seed,
  precision: target.precision,
  condition: drawn.condition ?? 1,
  kink: drawn.kink === true,
  covers: [op.name, ...(drawn.covers ?? [])],
  forward: (values) => target.forward(op, drawn, values),
  vjp: (values, ct) => target.vjp(op, drawn, values, ct),
  ...(op.reference && { reference: (inputs) => op.reference!(inputs, drawn.attributes) }),
  snippet: (finding) => target.snippet?.(op, drawn, finding),
});

/** `x f32[1,2,2,1]  {"pad":"same"}  seed 7`. */
function showCase({ inputs, attributes, seed }: ForeignCase): string {
  const types = Object.entries(inputs).map(([name, { type }]) => `${name} ${showType(type)}`);
  return [...types, JSON.stringify(attributes), `seed ${seed}`].join('  ');
}
