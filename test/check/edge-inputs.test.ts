import fc, * as fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vjp } from '../../src/autodiff/index.ts';
import { backends, reference } from '../../src/backends/index.ts';
import { defaultDraw, drawCotangent, drawPoint } from '../../src/check/draw.ts';
import { gradcheck } from '../../src/check/index.ts';
import { Random } from '../../src/check/random.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { isFloat } from '../../src/graph/dtype.ts';
import { CotangentError } from '../../src/graph/error.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { type AnyOp, type Case, ruleFor } from '../../src/graph/op.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { f64, type Type } from '../../src/graph/type.ts';
import { exp, mul, ops, sum, tanh } from '../../src/ops/index.ts';
import { specialNumbers } from '../ops/edges/special-numbers.ts';

type Types = { readonly [name: string]: Type };
type Results = { readonly [output: string]: NdArray };
type Fill = (name: string, type: Type) => NdArray;

/** An operator's result and gradients on every backend; or the error that all of them refuse with. */
function run(
  op: AnyOp,
  types: Types,
  attributes: object,
  fill: Fill,
): { readonly [backend: string]: Results | string } {
  const g = new GraphBuilder();
  const tensors = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, g.input(name, type)]));
  const y = g.emit(op, tensors, attributes);
  const wrt = Object.keys(types).filter(
    (name) => isFloat(types[name]!.dtype) && typeof ruleFor(op, name) === 'function',
  );
  const gradients =
    isFloat(y.dtype) && wrt.length > 0
      ? vjp(
          [y],
          wrt.map((name) => tensors[name]!),
          [g.input('ct', y)],
        )
      : [];
  const graph = g.build({ y, ...Object.fromEntries(gradients.map((d, i) => [`d_${wrt[i]}`, d])) });
  const feeds = Object.fromEntries(
    Object.keys(graph.inputs).map((name) => [
      name,
      name === 'ct' ? drawCotangent(y, new Random(2)) : fill(name, types[name]!),
    ]),
  );
  return Object.fromEntries(
    Object.entries(backends).map(([name, backend]) => {
      const executable = backend.compile(graph);
      try {
        return [name, executable.run(feeds)];
      } catch (error) {
        if (error instanceof CotangentError) return [name, error.code];
        throw error;
      } finally {
        executable.close();
      }
    }),
  );
}

const casesOf = (op: AnyOp, numRuns: number): Case<string, object>[] =>
  fc.sample(fc.noBias(op.cases(fastCheck)), { seed: Number(process.env.SEED ?? 1), numRuns });

const accepts = (op: AnyOp, types: Types, attributes: object): boolean => {
  try {
    op.infer(types, attributes);
    return true;
  } catch (error) {
    // Whatever an operator refuses, it refuses in words.
    expect(error).toBeInstanceOf(CotangentError);
    return false;
  }
};

/** Numbers at the ends of what there is. */
const special: { readonly [kind: string]: readonly number[] } = {
  NaN: [Number.NaN, 1, 0.5],
  infinities: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1],
  'zeros of both signs': [-0, 0],
  subnormals: [5e-324, -5e-324, 2 ** -1060, 1e-42],
  huge: [1e300, -1e300, 1e38],
  tiny: [1e-300, -1e-300, 1e-38],
  'all of them': [Number.NaN, Number.POSITIVE_INFINITY, -0, 0, 5e-324, 1e300, Number.NEGATIVE_INFINITY, -1],
};

describe.each(Object.entries(ops))('%s', (name, op) => {
  it.each(Object.entries(special))('does with %s what its definition does, on every backend', (_, numbers) => {
    for (const { types: drawnTypes, attributes, draw } of casesOf(op, 6))
      for (const dtype of ['f64', 'f32'] as const) {
        const types = Object.fromEntries(
          Object.entries(drawnTypes).map(([input, type]) => [input, isFloat(type.dtype) ? { ...type, dtype } : type]),
        );
        if (!accepts(op, types, attributes)) continue;
        const results = run(op, types, attributes, (input, type) =>
          isFloat(type.dtype)
            ? array(
                type,
                Array.from({ length: sizeOf(type.shape) }, (_, i) => numbers[(7 * i + 3) % numbers.length]!),
              )
            : drawPoint(type, draw?.[input] ?? defaultDraw(type), new Random(1, input)),
        );
        const expected = results[reference.name]!;
        for (const [backend, got] of Object.entries(results)) {
          if (typeof expected === 'string' || typeof got === 'string') {
            expect(specialNumbers[name]).toBe('refused');
            expect(got).toBe(expected);
            continue;
          }
          for (const [output, value] of Object.entries(got))
            expectAgreement(op, backend, output, value, expected[output]!, largestSum(types, numbers));
        }
      }
  });

  it('takes sizes 0 and 1 wherever it does not refuse them in words', () => {
    for (const { types, attributes, draw } of casesOf(op, 8))
      for (const variant of resized(types)) {
        if (!accepts(op, variant, attributes)) continue;
        const results = run(op, variant, attributes, (input, type) =>
          drawPoint(type, draw?.[input] ?? defaultDraw(type), new Random(1, input)),
        );
        const expected = results[reference.name]!;
        for (const [backend, got] of Object.entries(results)) {
          if (typeof expected === 'string' || typeof got === 'string') expect(got).toBe(expected);
          else
            for (const [output, value] of Object.entries(got))
              expectAgreement(op, backend, output, value, expected[output]!);
        }
      }
  });
});

/** The types with one size replaced by 0 or 1: of one input, or wherever it stands. */
function resized(types: Types): Types[] {
  const variants: Types[] = [];
  const map = (f: (size: number, axis: number, name: string) => number): void => {
    variants.push(
      Object.fromEntries(
        Object.entries(types).map(([name, { dtype, shape }]) => [
          name,
          { dtype, shape: shape.map((size, axis) => f(size, axis, name)) },
        ]),
      ),
    );
  };
  for (const to of [0, 1]) {
    for (const size of new Set(Object.values(types).flatMap(({ shape }) => shape)))
      map((each) => (each === size ? to : each));
    for (const [input, { shape }] of Object.entries(types))
      for (const at of shape.keys()) {
        map((size, axis, name) => (name === input && axis === at ? to : size));
        map((size, axis) => (axis === at ? to : size));
      }
  }
  return variants;
}

/** What sums of products of such numbers are at most on the way. */
const largestSum = (types: Types, numbers: readonly number[]): number => {
  const largest = Math.max(...numbers.map((x) => (Number.isFinite(x) ? Math.abs(x) : 0)));
  return Object.values(types).reduce((most, { shape }) => most * Math.max(1, largest) * Math.max(1, sizeOf(shape)), 2);
};

function expectAgreement(op: AnyOp, backend: string, output: string, got: NdArray, expected: NdArray, terms = 0): void {
  const smooth = Object.values(op.degree).includes('smooth');
  const agreement = specialNumbers[op.name] ?? (smooth ? 'rounding' : undefined);
  const single = got.dtype === 'f32';
  const unit = single ? 2 ** -23 : 2 ** -52;
  const smallest = single ? 2 ** -149 : 2 ** -1074;
  for (const [i, x] of expected.data.entries()) {
    const value = got.data[i]!;
    const same = Object.is(value, x) || (Number.isNaN(value) && Number.isNaN(x));
    const isNumber = Number.isFinite(x);
    const near =
      agreement !== undefined &&
      isNumber &&
      (value === x || Math.abs(value - x) <= 16 * unit * Math.abs(x) + 16 * smallest);
    // In another order, other digits of large terms are lost.
    const cancelled = agreement === 'reordered' && isNumber && Math.abs(value - x) <= 16 * unit * terms;
    const spread = agreement === 'reordered' && !Number.isFinite(value);
    if (!(same || near || cancelled || spread))
      throw new Error(`${op.name}.${output} on ${backend}: element ${i} is ${value}, by definition ${x}`);
  }
}

describe('the checker', () => {
  it('proves nothing wrong of what is empty', () => {
    for (const shape of [[0], [2, 0, 3]]) {
      const { verdict, compared } = gradcheck(({ x }) => mul(x!, x!), { types: { x: f64(...shape) }, order: 3 });
      expect({ verdict, compared }).toEqual({ verdict: 'proved', compared: 0 });
    }
    expect(gradcheck(({ x }) => sum(x), { types: { x: f64(0) }, order: 2 }).verdict).toBe('proved');
  });

  it('proves axes of size 1, and scalars', () => {
    for (const shape of [[], [1], [1, 1, 3]])
      expect(
        gradcheck(({ x }) => mul(x!, x!), { types: { x: f64(...shape) }, degree: { x: 2 }, dyadic: true, order: 3 })
          .verdict,
      ).toBe('proved');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('proves nothing where results are %s', (factor) => {
    const { verdict, error } = gradcheck(({ x }) => mul(x, factor), { types: { x: f64(2) } });
    expect(verdict).toBe('inconclusive');
    expect(error!.message).toContain('not finite at the drawn point');
  });

  it.each([2 ** 40, 2 ** -40, 2 ** 400, 2 ** -400])('proves polynomials exactly at a scale of %f', (scale) => {
    const square = ({ x }: { readonly x: Parameters<typeof tanh>[0] }) => mul(mul(x, scale), x);
    const { verdict, tally } = gradcheck(square, { types: { x: f64(3) }, degree: { x: 2 }, dyadic: true, order: 2 });
    expect(verdict).toBe('proved');
    expect(tally.exact).toBeGreaterThan(0);
  });

  it.each([2 ** 100, 2 ** -100, 2 ** -1030])('never refutes a right smooth function at a scale of %f', (scale) => {
    for (const f of [exp, tanh])
      expect(gradcheck(({ x }) => mul(f(x), scale), { types: { x: f64(3) } }).verdict).not.toBe('refuted');
  });

  it('takes zeros of either sign for equal', () => {
    const negated = ({ x }: { readonly x: Parameters<typeof tanh>[0] }) => mul(mul(x, -0), x);
    expect(gradcheck(negated, { types: { x: f64(3) }, degree: { x: 2 }, dyadic: true }).verdict).toBe('proved');
  });
});
