import fc from 'fast-check';
import { expect, it } from 'vitest';
import { programCampaign } from '../../src/check/programs/index.ts';
import { compareNumerically } from '../../src/check/programs/numeric.ts';
import { array, f64, GraphBuilder } from '../../src/graph/index.ts';
import { customVjpOp } from '../../src/ops/control/custom-vjp.ts';
import { defineOp } from '../../src/ops/define.ts';
import { add, cos, iota, mul, ops, square } from '../../src/ops/index.ts';

const settings = { numRuns: Number(process.env.CASES ?? 150), seed: Number(process.env.SEED ?? 1) };

it('random programs of all operators mean the same to all backends, passes and files, and their gradients are right', async () => {
  const { cases, check, show } = programCampaign();
  const covered = new Set<string>();
  let inconclusive = 0;
  await fc.assert(
    fc.asyncProperty(cases, async (program) => {
      const { verdict, covers, failure } = await check(program);
      if (verdict === 'refuted') expect.fail([failure!.summary, show(program), ...failure!.details].join('\n'));
      if (verdict === 'inconclusive') inconclusive++;
      for (const word of covers) covered.add(word);
    }),
    settings,
  );
  expect(inconclusive).toBeLessThan(5 + settings.numRuns / 50);
  if (settings.numRuns >= 150) expect(Object.keys(ops).filter((name) => !covered.has(name)).length).toBeLessThan(6);
}, 120_000);

it('a rule that is wrong is refuted, by a program of one step', async () => {
  const wrong = defineOp<'x', object>('squareWrong', {
    doc: 'x·x, and the gradient of half of it.',
    infer: ({ x }) => x,
    kernel: ({ x }, _, y) => {
      for (let i = 0; i < y.data.length; i++) y.data[i] = x.data[i]! ** 2;
    },
    vjp: { x: ({ x, ct }) => mul(ct, x) },
    degree: { x: 2 },
    cases: (fc) => fc.record({ types: fc.record({ x: fc.constant(f64(2, 3)) }), attributes: fc.constant({}) }),
    flops: () => 6,
    example: (g) => square(g.input('x', f64(2))),
  });
  const { cases, check, show } = programCampaign({ table: { ...ops, squareWrong: wrong } });
  const property = fc.asyncProperty(cases, async (program) => (await check(program)).verdict !== 'refuted');
  const { counterexample } = await fc.check(property, { numRuns: 2000, seed: 1, endOnFailure: false });
  expect(show(counterexample![0])).toMatch(/^squareWrong {2}f64/);
  const { failure } = await check(counterexample![0]);
  expect(failure!.summary).toMatch(/^the gradient gives /);
  expect(failure!.snippets![0]!.code.split('\n').length).toBeLessThan(20);
}, 120_000);

it('asks for no gradient through what has no rule, not even of a constant', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(3));
  const ruled = square(x);
  const unruled = add(x, g.emit(customVjpOp, { result: cos(iota(g, f64(3), 0)) }, {}));
  const feeds = { x: array(f64(3), [1, 2, 3]) };
  expect(compareNumerically({ results: { unruled }, leaves: [{ tensor: x }] }, feeds, 1)).toBeUndefined();
  const proved = compareNumerically({ results: { ruled, unruled }, leaves: [{ tensor: x }] }, feeds, 1);
  expect(proved?.verdict).toBe('equal');
});
