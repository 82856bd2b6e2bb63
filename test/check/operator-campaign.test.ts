import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrongPool } from '../../examples/06-wrong-border.ts';
import { reference } from '../../src/backends/index.ts';
import type { Outcome } from '../../src/check/fuzz/campaign.ts';
import { distributions } from '../../src/check/fuzz/distribution.ts';
import { type OperatorCase, operatorCampaign } from '../../src/check/fuzz/operator-campaign.ts';
import type { AnyOp } from '../../src/graph/op.ts';
import { f64 } from '../../src/graph/type.ts';
import { equal, greater, mul, ops, select } from '../../src/ops/index.ts';

const seed = Number(process.env.SEED ?? 1);
const outcomesOf = (op: AnyOp, cases: readonly OperatorCase[], order = 1): Outcome[] => {
  const campaign = operatorCampaign(op, { order });
  return cases.map((drawn) => campaign.check(drawn) as Outcome);
};
const draw = (op: AnyOp, numRuns: number): OperatorCase[] => fc.sample(operatorCampaign(op).cases, { seed, numRuns });

describe('an operator’s campaign', () => {
  it('draws every distribution, and proves every operator under it', () => {
    const tried = new Set<string>();
    for (const op of Object.values(ops)) {
      const cases = draw(op, 15);
      for (const [i, { verdict, failure }] of outcomesOf(op, cases).entries()) {
        tried.add(cases[i]!.distribution);
        expect([operatorCampaign(op).show(cases[i]!), verdict, failure]).toEqual([
          expect.anything(),
          'proved',
          undefined,
        ]);
      }
    }
    expect([...tried].sort()).toEqual([...distributions].sort());
  });

  it('says what its cases cover', () => {
    const covered = new Set(outcomesOf(ops.conv!, draw(ops.conv!, 60)).flatMap(({ covers }) => covers));
    for (const word of ['conv', 'f64', 'stride 1', 'stride > 1', 'groups 1']) expect(covered).toContain(word);
  });

  it('shrinks a wrong rule to the smallest case at its own points, and shows where it is wrong', () => {
    const campaign = operatorCampaign(wrongPool as AnyOp, { backend: reference });
    const property = fc.property(campaign.cases, (drawn) => (campaign.check(drawn) as Outcome).verdict === 'proved');
    const { counterexample } = fc.check(property, { seed, numRuns: 100 });
    const [smallest] = counterexample!;
    expect(campaign.show(smallest)).toBe('x f64[1,1]  {"k":3}  seed 0');
    const { verdict, failure } = campaign.check(smallest) as Outcome;
    expect(verdict).toBe('refuted');
    expect(failure!.compared).toMatchObject({ of: 'x', analytic: { shape: [1, 1] }, numeric: { shape: [1, 1] } });
    expect(failure!.taylor).toHaveLength(8);
  });

  it('asks on ties for a gradient between both sides', () => {
    const type = f64(4);
    const tie: OperatorCase = {
      drawn: {
        types: { a: type, b: type },
        attributes: {},
        draw: { a: { kind: 'distinct' }, b: { kind: 'distinct' } },
      },
      seed: 1,
      distribution: 'onKink',
    };
    const [right] = outcomesOf(ops.maximum!, [tie]);
    expect(right!.verdict).toBe('proved');
    const { maximum } = ops;
    const doubled: AnyOp = {
      ...maximum!,
      name: 'maximum',
      // Right but for ties, where b gets the gradient as well.
      vjp: {
        ...maximum!.vjp,
        b: ({ a, b, ct }) => select(greater(a!, b!), 0, select(equal(a!, b!), mul(ct!, 2), ct!)),
      },
    };
    const [wrong] = outcomesOf(doubled, [tie]);
    expect(wrong!.verdict).toBe('refuted');
    expect(wrong!.failure!.summary).toContain('at a kink');
  });
});
