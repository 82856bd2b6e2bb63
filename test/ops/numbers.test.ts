import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { bool, f32, f64, i32, type Type } from '../../src/graph/type.ts';
import {
  add,
  and,
  argmax,
  cast,
  ceil,
  constant,
  crossEntropy,
  diceLoss,
  div,
  elu,
  equal,
  erf,
  exp,
  floor,
  full,
  iota,
  logSoftmax,
  logSumExp,
  max,
  maximum,
  mean,
  min,
  minimum,
  mul,
  nll,
  not,
  notEqual,
  oneHot,
  or,
  pow,
  round,
  select,
  sigmoid,
  sign,
  softmax,
  softplus,
  sqrt,
  sum,
} from '../../src/ops/index.ts';

type F64 = Tensor<readonly [], 'f64'>;

/** The numbers that a function of one array makes. */
function values(type: Type, x: readonly number[], f: (x: Tensor, g: GraphBuilder) => Tensor): number[] {
  const g = new GraphBuilder();
  const y = f(g.input('x', type), g);
  return Array.from(compile(g.build({ y })).run({ x: array(type, x) }).y!.data);
}
const onF64 = (x: readonly number[], f: (x: Tensor) => Tensor): number[] => values(f64(x.length), x, f);
const slopes = (x: readonly number[], f: (x: Tensor) => Tensor): number[] => onF64(x, (t) => grad(sum(f(t)) as F64, t));

const special = [NaN, Infinity, -Infinity, 0, -0, 1e308, -1e308, 5e-324];

describe('rounding', () => {
  it('sends halves to the even integer and keeps the sign of zero', () => {
    expect(onF64([0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 2 ** 52 + 1, ...special], round)).toEqual([
      0,
      2,
      2,
      -0,
      -2,
      0,
      2 ** 52 + 1,
      NaN,
      Infinity,
      -Infinity,
      0,
      -0,
      1e308,
      -1e308,
      0,
    ]);
  });
  property.prop([fc.double({ noNaN: true, noDefaultInfinity: true })])('lies between floor and ceil', (x) => {
    const [low, at, high] = [floor, round, ceil].map((f) => onF64([x], f)[0]!);
    expect(at === low || at === high).toBe(true);
    expect(Math.abs(x - at!)).toBeLessThanOrEqual(0.5);
  });
  it('has zero derivative', () => {
    for (const f of [round, floor, ceil, sign]) expect(slopes([0.25, 1.75, -3.25], f)).toEqual([0, 0, 0]);
  });
});

describe('cast', () => {
  it('truncates towards zero and stops at the bounds', () => {
    expect(onF64([1.9, -1.9, 3e9, -3e9, NaN, -0.5], (x) => cast(x, 'i32'))).toEqual([
      1,
      -1,
      2 ** 31 - 1,
      -(2 ** 31),
      0,
      0,
    ]);
  });
  it('makes masks of what is not zero', () => {
    expect(onF64([0, -0, 1e-300, NaN], (x) => cast(x, 'bool'))).toEqual([0, 0, 1, 1]);
  });
  it('brings the cotangent back to the dtype of x', () => {
    expect(slopes([1, 2], (x) => cast(mul(cast(x, 'f32'), 3), 'f64'))).toEqual([3, 3]);
  });
});

describe('special values', () => {
  it('NaN is what maximum, minimum, max and argmax find', () => {
    expect(onF64([1, NaN, 2], (x) => maximum(x, 1.5))).toEqual([1.5, NaN, 2]);
    expect(onF64([1, NaN, 2], (x) => minimum(x, 1.5))).toEqual([1, NaN, 1.5]);
    expect(onF64([1, NaN, 2, NaN], (x) => argmax(x, 0))).toEqual([1]);
    expect(onF64([1, NaN, 2, NaN], (x) => argmax(x, 0, { ties: 'last' }))).toEqual([3]);
    expect(onF64([1, NaN, 2], (x) => max(x))).toEqual([NaN]);
    expect(onF64([1, NaN, 2], (x) => min(x))).toEqual([NaN]);
  });
  it('NaN equals nothing, differs from everything', () => {
    expect(onF64([NaN, 1], (x) => equal(x, x))).toEqual([0, 1]);
    expect(onF64([NaN, 1], (x) => notEqual(x, x))).toEqual([1, 0]);
  });
  it('the square root has derivatives of every order at 0', () => {
    const once = (x: Tensor): Tensor => grad(sum(sqrt(x)) as F64, x);
    const twice = (x: Tensor): Tensor => grad(sum(once(x)) as F64, x);
    expect(onF64([0, 4], once)).toEqual([0, 0.25]);
    expect(onF64([0, 4], twice)).toEqual([0, -1 / 32]);
    expect(onF64([0], (x) => grad(sum(twice(x)) as F64, x))).toEqual([0]);
  });
  it('powers have derivatives of every order at 0', () => {
    const derivative = (f: (x: Tensor) => Tensor) => (x: Tensor) => grad(sum(f(x)) as F64, x);
    let f = (x: Tensor): Tensor => pow(x, 2);
    const at0 = [0, 1, 2, 3].map(() => {
      const value = onF64([0], f)[0];
      f = derivative(f);
      return value;
    });
    expect(at0).toEqual([0, 0, 2, 0]);
  });
  it('erf is odd, and 1 far out', () => {
    expect(onF64([0, Infinity, -Infinity, 7, NaN], erf)).toEqual([0, 1, -1, 1, NaN]);
    const [a, b] = onF64([1.25, -1.25], erf);
    expect(a).toBe(-b!);
    // erf(1/2), erf(1), erf(2) and erf(3) to 17 digits, from the tables of Abramowitz and Stegun.
    const table = [0.5204998778130465, 0.8427007929497149, 0.9953222650189527, 0.9999779095030014];
    for (const [i, y] of onF64([0.5, 1, 2, 3], erf).entries()) expect(Math.abs(y - table[i]!)).toBeLessThan(4e-16);
  });
});

describe('tails', () => {
  it('sigmoid and softplus neither overflow nor lose small values, nor do their derivatives', () => {
    expect(onF64([-745, -40, 0, 40, 1000, -1000], sigmoid)).toEqual([5e-324, Math.exp(-40), 0.5, 1, 1, 0]);
    expect(slopes([-1000, -40, 0, 1000], sigmoid)).toEqual([0, Math.exp(-40), 0.25, 0]);
    expect(onF64([-1000, -40, 1000], softplus)).toEqual([0, Math.exp(-40), 1000]);
    expect(slopes([-1000, 0, 1000], softplus)).toEqual([0, 0.5, 1]);
  });
  it('elu does not let the branch not taken overflow', () => {
    expect(slopes([1000, -1000], (x) => elu(x))).toEqual([1, 0]);
  });
  it('softmax and its logarithm are the same for shifted scores', () => {
    const scores = [0, 1, 3];
    for (const f of [softmax, logSoftmax])
      expect(
        onF64(
          scores.map((s) => s + 1024),
          (x) => f(x, 0),
        ),
      ).toEqual(onF64(scores, (x) => f(x, 0)));
    expect(onF64([1000, 1000], (x) => logSumExp(x))).toEqual([1000 + Math.LN2]);
    expect(onF64([-1000, 0], (x) => logSoftmax(x, 0))).toEqual([-1000, 0]);
  });
});

describe('integers and masks', () => {
  it('i32 arithmetic wraps, products included', () => {
    expect(values(i32(2), [2 ** 31 - 1, 123456789], (x) => mul(x, x))).toEqual([1, Math.imul(123456789, 123456789)]);
    expect(values(i32(1), [2 ** 31 - 1], (x) => add(x, 1))).toEqual([-(2 ** 31)]);
  });
  property.prop([fc.boolean(), fc.boolean()])('and, or, not', (p, q) => {
    const both = (f: (a: Tensor, b: Tensor) => Tensor) =>
      values(bool(1), [Number(p)], (a, g) => f(a, full(g, bool(1), Number(q))));
    expect(both(and)).toEqual([Number(p && q)]);
    expect(both(or)).toEqual([Number(p || q)]);
    expect(values(bool(1), [Number(p)], not)).toEqual([Number(!p)]);
  });
  it('select ignores the alternative not chosen; its derivative must be finite all the same', () => {
    expect(onF64([1, NaN], (x) => select(equal(x, x), x, 0))).toEqual([1, 0]);
    expect(slopes([1, 0], (x) => select(equal(x, 0), 0, div(1, x)))).toEqual([-1, NaN]);
  });
});

describe('f32', () => {
  it('sums and products are accumulated in double', () => {
    const big = [2 ** 24, 1, 1, 1, 1];
    expect(values(f32(5), big, (x) => sum(x))).toEqual([2 ** 24 + 4]);
    expect(values(f32(2), [0.1, 1], (x) => exp(x))).toEqual([0.1, 1].map((v) => Math.fround(Math.exp(Math.fround(v)))));
  });
});

type Loss = (scores: Tensor, target: Tensor, options?: { readonly ignoreIndex?: number }) => Tensor;

describe('classes', () => {
  it('one-hot vectors of indices that do not exist are zeros', () => {
    expect(values(i32(3), [1, -1, 2], (x) => oneHot(x as Tensor<readonly number[], 'i32'>, 2, 'f64'))).toEqual([
      0, 1, 0, 0, 0, 0,
    ]);
  });
  it('iota counts along its axis', () => {
    expect(values(f64(), [0], (_, g) => iota(g, i32(2, 3), 1))).toEqual([0, 1, 2, 0, 1, 2]);
    expect(values(f64(), [0], (_, g) => iota(g, i32(2, 3), 0))).toEqual([0, 0, 0, 1, 1, 1]);
  });
  it.each([3, -1, 2 ** 30])('a target class %d that does not exist is refused', (t) => {
    const losses: readonly Loss[] = [nll, crossEntropy, diceLoss];
    for (const loss of losses)
      for (const shape of [
        [1, 3],
        [1, 3, 1, 1],
        [1, 3, 2, 2],
      ]) {
        const target = i32(1, ...shape.slice(2));
        const run = () =>
          values(
            f64(...shape),
            Array.from({ length: shape.slice(1).reduce((a, b) => a * b) }, () => 0),
            (x, g) => loss(x, full(g, target, t)),
          );
        expect(run).toThrow(/gather\/position|scatter\/position/);
      }
  });
  it('the Dice loss is 1 − mean (2 Σpt + s) / (Σp + Σt + s)', () => {
    const logits = [0.5, -1, 2, 0, 1, 1, -0.5, 3];
    const target = [0, 1, 1, 0];
    const p = [0, 1, 2, 3].map((i) => 1 / (1 + Math.exp(logits[i]! - logits[i + 4]!)));
    const dice = [0, 1].map((c) => {
      const pc = p.map((v) => (c === 1 ? v : 1 - v));
      const tc = target.map((t) => Number(t === c));
      const dot = pc.reduce((s, v, i) => s + v * tc[i]!, 0);
      return (2 * dot + 1) / (pc.reduce((a, b) => a + b) + tc.reduce((a, b) => a + b, 0) + 1);
    });
    const [loss] = values(f64(1, 2, 2, 2), logits, (x, g) => diceLoss(x, constant(g, i32(1, 2, 2), target)));
    expect(loss).toBeCloseTo(1 - (dice[0]! + dice[1]!) / 2, 12);
  });
  it('what is ignored changes neither loss nor gradient', () => {
    const target = [0, 7, 1, 7];
    const losses: readonly Loss[] = [crossEntropy, diceLoss];
    for (const f of losses) {
      const loss = (x: Tensor, g: GraphBuilder) => f(x, constant(g, i32(1, 4), target), { ignoreIndex: 7 });
      const near = [1, 2, 3, 4, 5, 6, 7, 9];
      const far = [1, -20, 3, 40, 5, 60, 7, -9];
      expect(values(f64(1, 2, 4), near, loss)).toEqual(values(f64(1, 2, 4), far, loss));
      const gradient = values(f64(1, 2, 4), near, (x, g) => grad(loss(x, g) as F64, x));
      expect([1, 3, 5, 7].map((i) => gradient[i])).toEqual([0, 0, 0, 0]);
    }
  });
});

it('mean refuses to average nothing', () => {
  expect(() => values(f64(0), [], (x) => mean(x))).toThrow(/mean\/empty/);
});
