import { fail, missing, type Op, type OpTable, sameType, sizeOf, type Type, zero } from '../../src/graph/index.ts';
import { fullOp } from '../../src/ops/constant/full.ts';
import { defineOp } from '../../src/ops/define.ts';
import { addOp } from '../../src/ops/pointwise/add.ts';

/** Operators as a user of the library would define them: they show that nothing but a table entry is needed. */

interface Note {
  readonly note: unknown;
}

/** Carries any attribute: for everything that has to survive printing and files. */
export const noteOp: Op<'x', Note> = defineOp('note', {
  doc: 'x, with a note.',
  infer: ({ x }) => x,
  kernel: ({ x }, _, y) => y.data.set(x.data),
  vjp: { x: ({ ct }, attributes) => noteOp({ x: ct }, attributes) },
  degree: { x: 1 },
  cases: (fc) => fc.constant({ types: { x: { dtype: 'f64', shape: [2] } }, attributes: { note: null } }),
  flops: () => 0,
  example: (g) => noteOp({ x: g.input('x', { dtype: 'f64', shape: [2] }) }, { note: 'hello' }),
});

/** Any number of inputs: the sum of all. */
export const totalOp: Op<`x${number}`> = defineOp('total', {
  doc: 'x0 + x1 + …',
  infer: (types) => {
    const [first, ...rest] = Object.values<Type>(types);
    if (first === undefined || !rest.every((type) => sameType(type, first)))
      fail('total/types', 'the summands differ in type', 'give summands of one type.');
    return first;
  },
  kernel: (inputs, _, y) => {
    for (const { data } of Object.values(inputs)) for (let i = 0; i < y.data.length; i++) y.data[i]! += data[i]!;
  },
  vjp: { x: ({ ct }) => ct },
  degree: { x: 1 },
  variadic: ['x'],
  cases: (fc) => fc.constant({ types: { x0: { dtype: 'f64', shape: [2] } }, attributes: {} }),
  flops: (types) => sizeOf(types.y.shape),
  example: (g) => totalOp({ x0: g.input('x', { dtype: 'f64', shape: [2] }) }, {}),
});

/** Two inputs, of which inference looks at one only. */
export const firstOp: Op<'a' | 'b'> = defineOp('first', {
  doc: 'a; b is ignored.',
  infer: ({ a }) => a,
  kernel: ({ a }, _, y) => y.data.set(a.data),
  vjp: { a: ({ ct }) => ct, b: zero('ignored') },
  degree: { a: 1 },
  cases: (fc) =>
    fc.constant({ types: { a: { dtype: 'f64', shape: [] }, b: { dtype: 'f64', shape: [] } }, attributes: {} }),
  flops: () => 0,
  example: (g) =>
    firstOp({ a: g.input('a', { dtype: 'f64', shape: [] }), b: g.input('b', { dtype: 'f64', shape: [] }) }, {}),
});

/** An odd name, and no rule. */
export const oddOp: Op<'x'> = defineOp('odd "op"', {
  doc: 'x.',
  infer: ({ x }) => x,
  kernel: ({ x }, _, y) => y.data.set(x.data),
  vjp: { x: missing('nobody wrote it') },
  degree: {},
  cases: (fc) => fc.constant({ types: { x: { dtype: 'f64', shape: [] } }, attributes: {} }),
  flops: () => 0,
  example: (g) => oddOp({ x: g.input('x', { dtype: 'f64', shape: [] }) }, {}),
});

export const toyOps: OpTable = {
  add: addOp,
  full: fullOp,
  note: noteOp,
  total: totalOp,
  first: firstOp,
  'odd "op"': oddOp,
};
