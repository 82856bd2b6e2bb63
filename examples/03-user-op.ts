// An operator of your own: one record, made, used, differentiated and proved by the same means as the shipped ones.
import { array, compile, f64, fail, GraphBuilder, grad, type Op, sizeOf, sum } from 'cotangent';
import { proveOperator } from 'cotangent/check';
import { defineOp, mul, ops } from 'cotangent/ops';

const cubeOp: Op<'x'> = defineOp('cube', {
  doc: 'x³, element by element.',
  // Types in, type out; refuses what it cannot take.
  infer: ({ x }) => (x.dtype === 'f64' ? x : fail('cube/dtype', `x is ${x.dtype}`, 'cast it to f64.')),
  // The definition, in plain loops.
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = x[i]! ** 3;
  },
  // One rule per input, made of operators, so that it can be differentiated again.
  vjp: { x: ({ x, ct }) => mul(ct, mul(3, mul(x, x))) },
  // A polynomial: the checker asks for equality, not for closeness.
  degree: { x: 3 },
  cases: (fc) => fc.integer({ min: 0, max: 4 }).map((n) => ({ types: { x: f64(n, 2) }, attributes: {} })),
  flops: ({ y }) => 2 * sizeOf(y.shape),
  example: (g) => cubeOp({ x: g.input('x', f64(2, 3)) }, {}),
});

// Used like any other.
const g = new GraphBuilder();
const x = g.input('x', f64(3));
const slope = grad(sum(cubeOp({ x }, {}) as typeof x), x);
const run = compile(g.build({ slope })).run({ x: array(f64(3), [1, 2, 3]) });
console.log(`the slope of x³ at 1, 2, 3: ${run.slope!.data.join(', ')}`);

// Proved: against differences to the third order, and by mutants of its rule, all of which must be caught.
const proof = proveOperator(cubeOp, { ops: { ...ops, cube: cubeOp } });
const { exact, bounded, smooth } = proof.tally;
console.log(`${proof.cases} geometries to order ${proof.order}: ${exact} exact, ${bounded} bounded, ${smooth} smooth`);
