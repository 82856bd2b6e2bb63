import { describe, expect, it } from 'vitest';
import { wasm } from '../../src/backends/wasm/wasm.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { FloatDType } from '../../src/graph/dtype.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { matmul, transpose } from '../../src/ops/index.ts';
import { expectSame } from './same-as-reference.ts';

/** Rows that no tile divides, more terms than a panel has, several matrices. */
const sizes = [
  { lead: [], m: 64, k: 128, n: 128 },
  { lead: [], m: 71, k: 130, n: 96 },
  { lead: [2], m: 66, k: 519, n: 64 },
  { lead: [2, 3], m: 65, k: 1033, n: 64 },
  { lead: [], m: 1, k: 300, n: 128 },
  { lead: [3], m: 64, k: 128, n: 60 },
];

describe.each<FloatDType>(['f32', 'f64'])('large matrix products of %s', (dtype) => {
  it.each(sizes)('of $lead · $m × $k × $n give what reference gives', ({ lead, m, k, n }) =>
    expectSame({ a: { dtype, shape: [...lead, m, k] }, b: { dtype, shape: [...lead, k, n] } }, (_, { a, b }) => ({
      y: matmul(a!, b!) as Tensor,
    })),
  );

  it('read matrices that lie the other way round', () => {
    const flipped = (x: Tensor): Tensor => transpose(x, [0, 2, 1]) as Tensor;
    expectSame({ a: { dtype, shape: [2, 130, 68] }, b: { dtype, shape: [2, 64, 130] } }, (_, { a, b }) => ({
      y: matmul(flipped(a!), flipped(b!)) as Tensor,
    }));
  });
});

it('plans copy large matrices to panels', () => {
  const g = new GraphBuilder();
  const type = { dtype: 'f32', shape: [128, 128] } as const;
  const { plan } = wasm.compile(g.build({ y: matmul(g.input('a', type), g.input('b', type)) }));
  expect(plan.steps.map(({ kernel }) => kernel?.name)).toEqual(['product packed']);
});
