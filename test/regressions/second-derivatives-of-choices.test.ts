import { expect, it } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/compile.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f64 } from '../../src/graph/type.ts';
import { maximum, maxPool2d, relu, sum } from '../../src/ops/index.ts';

// Gradients of these read their input only through a mask or a position. Differentiating them again was refused as
// nondifferentiable (found by the conformance suite at order 2); it is zero, since masks and positions are locally constant.
it.each([
  ['relu', (x: Parameters<typeof relu>[0]) => relu(x)],
  ['maximum', (x: Parameters<typeof relu>[0]) => maximum(x, 0.5)],
  ['maxPool2d', (x: Parameters<typeof relu>[0]) => maxPool2d(x, { kernel: 2 })],
])('the second derivative of %s is zero, not refused', (_, f) => {
  const g = new GraphBuilder();
  const type = f64(1, 1, 2, 2);
  const x = g.input('x', type);
  const first = grad(sum(f(x)), x);
  const second = compile(g.build({ second: grad(sum(first), x) })).run({ x: array(type, [1, -2, 3, -4]) }).second!;
  expect([...second.data]).toEqual([0, 0, 0, 0]);
});
