import { describe, expect, it } from 'vitest';
import { grad, stopGradient, vjp } from '../../src/autodiff/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { GraphError } from '../../src/graph/error.ts';
import { missing, nondiff, type Op } from '../../src/graph/op.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import { defineOp } from '../../src/ops/define.ts';
import { add, argmax, cast, floor, greater, mul, select, square, sum } from '../../src/ops/index.ts';
import { evaluate } from './evaluate.ts';

const half: Op<'x'> = defineOp('half', {
  doc: 'x / 2, whose author forgot the rule.',
  infer: ({ x }) => x,
  kernel: ({ x }, _, y) => {
    for (let i = 0; i < y.data.length; i++) y.data[i] = x.data[i]! / 2;
  },
  vjp: { x: missing('not written yet') },
  degree: { x: 1 },
  cases: (fc) => fc.constant({ types: { x: f64(2) }, attributes: {} }),
  flops: () => 0,
  example: (g) => half({ x: g.input('x', f64(2)) }, {}),
});

const messageOf = (f: () => unknown): string => {
  try {
    f();
  } catch (error) {
    expect(error).toBeInstanceOf(GraphError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
};

describe('no gradient', () => {
  it('nondiff: names the whole path from the loss to the parameter', () => {
    const g = new GraphBuilder();
    const w = g.parameter('w', f64(4, 2));
    const loss = sum(mul(cast(argmax(mul(w, 2), 0), 'f64'), 3));
    const message = messageOf(() => grad(loss, w));
    expect(message).toContain('grad/nondifferentiable');
    const order = ['sum', 'cast', 'argmax', 'parameter "w"'].map((step) =>
      message.indexOf(step, message.indexOf('path')),
    );
    expect(order.every((at) => at > 0)).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(message).toContain('✗ nondiff');
    expect(message).toContain('no-gradient.test.ts:');
  });

  it('nondiff: is locally constant where a differentiable path exists beside it', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(3));
    const loss = sum(select(greater(x, 0), square(x), x));
    expect(evaluate(grad(loss, x), { x: [3, -2, 1] })).toEqual([6, 1, 2]);
  });

  it('zero: is a gradient, of zeros', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2));
    expect(evaluate(grad(sum(floor(x)), x), { x: [1.5, 2.5] })).toEqual([0, 0]);
    expect(evaluate(grad(sum(mul(stopGradient(x), x)), x), { x: [1.5, 2.5] })).toEqual([1.5, 2.5]);
  });

  it('missing: is always an error, even beside a path that has rules', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2));
    const message = messageOf(() => grad(sum(add(half({ x }, {}), x)), x));
    expect(message).toContain('grad/missing');
    expect(message).toContain('not written yet');
  });

  it('missing: does not matter to those who do not need it', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2));
    const w = g.input('w', f64(2));
    expect(evaluate(grad(sum(mul(half({ x }, {}), w)), w), { x: [2, 4], w: [0, 0] })).toEqual([1, 2]);
  });

  it('of something the loss does not depend on is zero', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2));
    const unused = g.input('unused', f64(3));
    expect(evaluate(grad(sum(x), unused), {})).toEqual([0, 0, 0]);
  });

  it('whole numbers have no tangents: refused, naming the dtype', () => {
    const g = new GraphBuilder();
    const labels = g.input('labels', i32(3));
    expect(() => grad(sum(cast(labels, 'f64')), labels)).toThrow(/grad\/dtype.*i32 values have no tangents/s);
  });

  it('a loss with several elements is refused, and a cotangent of another type', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(3));
    const anyShape: Tensor = x;
    expect(() => grad(anyShape, x)).toThrow(/grad\/scalar: grad needs a scalar, the loss is \[3\].*sum or mean/s);
    expect(() => vjp(x, x, g.input('ct', f64(2)))).toThrow(/grad\/cotangent.*f64\[3\].*f64\[2\]/s);
  });

  it('a rule whose result does not have its input’s type is refused', () => {
    const g = new GraphBuilder();
    const wrong: Op<'x'> = defineOp('wrong', { ...half, vjp: { x: ({ ct }) => sum(ct) } });
    const x = g.input('x', f64(2));
    expect(() => grad(sum(wrong({ x }, {})), x)).toThrow(/grad\/rule-type.*wrong.*f64\[\].*f64\[2\]/s);
  });

  it('nondiff declared on a float input of a user’s operator stops the only path too', () => {
    const g = new GraphBuilder();
    const opaque: Op<'x'> = defineOp('opaque', { ...half, vjp: { x: nondiff('a table of measurements') } });
    const x = g.input('x', f64(2));
    expect(() => grad(sum(opaque({ x }, {})), x)).toThrow(/a table of measurements/);
  });
});
