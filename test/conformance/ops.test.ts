import { afterAll, describe, expect, it } from 'vitest';
import { exampleGradients, type Proof, proofParts, proofsOf } from '../../src/check/index.ts';
import { print } from '../../src/graph/text/print.ts';
import { ops } from '../../src/ops/index.ts';
import { proofTable } from './proof-table.ts';

const seed = Number(process.env.SEED ?? 1);
/** How many geometries each operator is proved in; `CASES=5000 npx vitest run test/conformance` for a long search. */
const runs = Number(process.env.CASES ?? 120);

const proofs: Proof[] = [];
afterAll(() => console.log(proofTable(proofs, seed)));

// Adding an operator to the table adds its tests.
describe.each(Object.entries(ops))('%s', (name, op) => {
  const { proof, parts } = proofsOf(op, { seed, runs, order: 3 });
  proofs.push(proof);

  it('stands in the table under its own name', () => expect(op.name).toBe(name));

  it.each(proofParts)('%s', (part) => parts[part]());

  it('has the gradient graph that was reviewed', async () => {
    await expect(`${print(exampleGradients(op))}\n`).toMatchFileSnapshot(`../golden/${name}.txt`);
  });
});

it('only customVjp has a rule that its record cannot keep', () => {
  const missing = Object.values(ops).filter((op) =>
    Object.values(op.vjp).some((rule) => typeof rule !== 'function' && rule.kind === 'missing'),
  );
  expect(missing.map((op) => op.name)).toEqual(['customVjp']);
});

it('only stopGradient drops a gradient that is not zero', () => {
  const byDecree = Object.values(ops).filter((op) =>
    Object.entries(op.vjp).some(([input, rule]) => {
      const degree = op.degree[input];
      return typeof rule !== 'function' && rule.kind === 'zero' && degree !== undefined && degree !== 0;
    }),
  );
  expect(byDecree.map((op) => op.name)).toEqual(['stopGradient']);
});
