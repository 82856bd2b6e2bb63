import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GradcheckError, gradcheck, proveOperator } from '../../src/check/index.ts';
import type { AnyOp, Op } from '../../src/graph/op.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import { concat, constant, mul, neg, slice, stopGradient } from '../../src/ops/index.ts';
import { absOp } from '../../src/ops/pointwise/abs.ts';
import { expOp } from '../../src/ops/pointwise/exp.ts';
import { mulOp } from '../../src/ops/pointwise/mul.ts';
import { tanhOp } from '../../src/ops/pointwise/tanh.ts';
import { convOp } from '../../src/ops/window/conv.ts';

type Fault = (right: Tensor, values: { readonly [name: string]: Tensor }) => Tensor;

/** The operator with the rule of one input made wrong. */
function withFault<I extends string, A extends object>(op: Op<I, A>, key: I, fault: Fault): AnyOp {
  const rules: AnyOp['vjp'] = (op as AnyOp).vjp;
  const right = rules[key];
  if (typeof right !== 'function') throw new TypeError(`${op.name} has no rule for ${key}`);
  return { ...(op as AnyOp), name: op.name, vjp: { ...rules, [key]: (v, a, k) => fault(right(v, a, k), v) } };
}

/** All entries as they are, but the last one along the last axis times `factor`. */
const spoilLast =
  (factor: number): Fault =>
  (right) => {
    const size = right.shape.at(-1)!;
    if (size < 1) return right;
    const g = right.graph;
    const weights = constant(
      g,
      { dtype: right.dtype, shape: [size] },
      Array.from({ length: size }, (_, i) => (i === size - 1 ? factor : 1)),
    );
    return mul(right, weights);
  };

/** The first failure over drawn cases. */
function failureOf(op: AnyOp, order: number): unknown {
  return fc.check(
    fc.property(op.cases(fc), fc.nat(), (drawn, seed) => {
      gradcheck(op, { case: drawn, seed, order }).expect();
    }),
    { seed: 3, numRuns: 100 },
  ).errorInstance;
}

describe('a wrong rule is caught', () => {
  const faults: [string, AnyOp, string][] = [
    ['a sign', withFault(mulOp, 'a', (right) => neg(right)), 'mismatch'],
    ['a factor 1 + 1e-6, smooth', withFault(tanhOp, 'x', (right) => mul(right, 1 + 1e-6)), 'mismatch'],
    ['a factor 1 + 2⁻⁵², exact', withFault(mulOp, 'b', (right) => mul(right, 1 + 2 ** -52)), 'mismatch'],
    ['one border entry of conv, by a millionth', withFault(convOp, 'x', spoilLast(1 + 1e-6)), 'mismatch'],
    ['one border entry of conv, dropped', withFault(convOp, 'w', spoilLast(0)), 'mismatch'],
    [
      'something that is not linear in ct',
      withFault(mulOp, 'a', (right, { ct }) => mul(right, mul(ct!, ct!))),
      'structure',
    ],
    ['something even in ct', withFault(absOp, 'x', (_, { x, ct }) => mul(ct!, mul(ct!, x!))), 'structure'],
    ['a gradient where there is none for ct = 0', withFault(expOp, 'x', (_, { y }) => y!), 'structure'],
  ];
  it.each(faults)('%s', (_, op, proof) => {
    const error = failureOf(op, 1);
    expect(error).toBeInstanceOf(GradcheckError);
    expect((error as GradcheckError).finding).toMatchObject({ proof, subject: op.name, order: 1 });
  });

  it('wrong at the second order only', () => {
    const op = withFault(expOp, 'x', (_, { y, ct }) => mul(ct!, stopGradient(y!)));
    expect(failureOf(op, 1)).toBeNull();
    const error = failureOf(op, 2);
    expect((error as GradcheckError).finding).toMatchObject({ proof: 'mismatch', order: 2, input: 'x.x' });
  });

  it('wrong at the third order only', () => {
    const secondWrong = withFault(expOp, 'x', (_, { y, ct }) => mul(ct!, stopGradient(y!)));
    const op = withFault(expOp, 'x', (_, { x, ct }) => {
      const again: AnyOp = { ...(expOp as AnyOp), name: 'exp', vjp: secondWrong.vjp };
      return mul(ct!, x!.graph.emit(again, { x: x! }, {}));
    });
    expect(failureOf(op, 2)).toBeNull();
    expect((failureOf(op, 3) as GradcheckError).finding).toMatchObject({ proof: 'mismatch', order: 3, input: 'x.x.x' });
  });

  it('names the one wrong element', () => {
    const op = withFault(mulOp, 'a', spoilLast(3));
    const drawn = {
      types: { a: { dtype: 'f64', shape: [2, 3] }, b: { dtype: 'f64', shape: [2, 3] } },
      attributes: {},
    } as const;
    try {
      gradcheck(op, { case: drawn }).expect();
      expect.unreachable();
    } catch (error) {
      const { element, numeric, analytic } = (error as GradcheckError).finding;
      expect(element).toEqual([0, 2]);
      expect(analytic).toBe(3 * numeric!);
    }
  });
});

describe('what the usual check lets pass', () => {
  /** PyTorch's gradcheck in fast mode: two points, eps 1e-6, atol 1e-5, rtol 1e-3, one direction u and one v, all positive. */
  function usualCheck(
    jacobianTimes: (v: readonly number[]) => readonly number[],
    vjp: (u: readonly number[]) => readonly number[],
    u: readonly number[],
    v: readonly number[],
  ): boolean {
    const eps = 1e-6;
    const plus = jacobianTimes(v.map((x) => 1 + eps * x));
    const minus = jacobianTimes(v.map((x) => 1 - eps * x));
    const numeric = u.reduce((sum, w, i) => sum + w * ((plus[i]! - minus[i]!) / (2 * eps)), 0);
    const pulled = vjp(u);
    const analytic = v.reduce((sum, w, i) => sum + w * pulled[i]!, 0);
    return Math.abs(numeric - analytic) <= 1e-5 + 1e-3 * Math.abs(analytic);
  }

  it('one dropped entry among 4096 passes there, and is wrong here', () => {
    const n = 4096;
    const positive = Array.from({ length: n }, (_, i) => ((i * 37) % 100) / 100 + 0.005);
    const twice = (x: readonly number[]): number[] => x.map((value) => 2 * value);
    const dropsLast = (u: readonly number[]): number[] => u.map((w, i) => (i === n - 1 ? 0 : 2 * w));
    expect(usualCheck(twice, dropsLast, positive, positive)).toBe(true);

    const type = { dtype: 'f64', shape: [n] } as const;
    const op = withFault(mulOp, 'a', spoilLast(0));
    expect(() => gradcheck(op, { case: { types: { a: type, b: type }, attributes: {} } }).expect()).toThrow(
      /first wrong element da\[4095\]/,
    );
  });

  it('a factor of 1.0005 passes there, and is wrong here', () => {
    const values = [0.3, 0.7, 0.2];
    const twice = (x: readonly number[]): number[] => x.map((value) => 2 * value);
    expect(usualCheck(twice, (u) => u.map((w) => 2 * 1.0005 * w), values, values)).toBe(true);
    expect(
      failureOf(
        withFault(mulOp, 'a', (right) => mul(right, 1.0005)),
        1,
      ),
    ).toBeInstanceOf(GradcheckError);
  });
});

describe('what a failure says', () => {
  const plain = { stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 };
  // Its own geometries, so that the text does not change with those of conv.
  const wrongConv: AnyOp = {
    ...withFault(convOp, 'x', spoilLast(1.5)),
    name: 'conv',
    cases: (fc) =>
      fc.record({ n: fc.integer({ min: 3, max: 6 }), k: fc.integer({ min: 1, max: 3 }) }).map(({ n, k }) => ({
        types: { x: f64(1, 1, n), w: f64(1, 1, k) },
        attributes: { axes: [plain], groups: 1 },
      })),
  };
  const messageOf = (f: () => unknown): string => {
    try {
      f();
    } catch (error) {
      return `${(error as Error).name} ${(error as Error).message}`;
    }
    return 'nothing was thrown';
  };

  it('operator, input, both values, order, element, the smallest case, how to replay it', () => {
    expect(messageOf(() => proveOperator(wrongConv, { seed: 1337 }))).toMatchSnapshot();
  });

  it('replaying by seed and path fails in the same way at once', () => {
    const message = messageOf(() => proveOperator(wrongConv, { seed: 1337 }));
    const [, seed, path] = /--seed (\S+) --path (\S+)/.exec(message)!;
    expect(messageOf(() => proveOperator(wrongConv, { seed: Number(seed), path: path! }))).toBe(message);
  });
});

it('a rule with a wrong type is refused by differentiation itself', () => {
  const op = withFault(mulOp, 'a', (right) =>
    right.shape.length === 0
      ? right
      : concat([slice(right, { starts: right.shape.map(() => 0), limits: [...right.shape] }), right], 0),
  );
  expect(String(failureOf(op, 1))).toContain('grad/rule-type');
});
