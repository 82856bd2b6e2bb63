import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, reference, wasm } from '../../src/backends/index.ts';
import type { FloatDType, Tensor } from '../../src/graph/index.ts';
import { GraphBuilder } from '../../src/graph/index.ts';
import { array } from '../../src/graph/nd-array.ts';
import * as o from '../../src/ops/index.ts';

/** Where each function is asked, beside numbers that are special to any. */
const functions: { readonly [name: string]: { readonly f: (x: Tensor) => Tensor; readonly ranges: number[][] } } = {
  exp: {
    f: o.exp,
    ranges: [
      [-2, 2],
      [-110, 90],
      [-750, 720],
      [-1e-3, 1e-3],
    ],
  },
  expm1: {
    f: o.expm1,
    ranges: [
      [-1, 1],
      [-50, 90],
      [-750, 720],
      [-1e-8, 1e-8],
    ],
  },
  log: {
    f: o.log,
    ranges: [
      [0, 4],
      [0, 1e-38],
      [0, 1e38],
      [0.9, 1.1],
      [0, 1e-310],
    ],
  },
  log1p: {
    f: o.log1p,
    ranges: [
      [-1, 2],
      [-1e-3, 1e-3],
      [0, 1e30],
      [-1e-18, 1e-18],
    ],
  },
  tanh: {
    f: o.tanh,
    ranges: [
      [-3, 3],
      [-30, 30],
      [-1e-3, 1e-3],
    ],
  },
  sin: {
    f: o.sin,
    ranges: [
      [-3, 3],
      [-100, 100],
      [-1e5, 1e5],
      [-1e9, 1e9],
      [-1e-10, 1e-10],
    ],
  },
  cos: {
    f: o.cos,
    ranges: [
      [-3, 3],
      [-100, 100],
      [-1e5, 1e5],
      [-1e9, 1e9],
    ],
  },
  atan: {
    f: o.atan,
    ranges: [
      [-3, 3],
      [-100, 100],
      [-1e-3, 1e-3],
    ],
  },
  erf: {
    f: o.erf,
    ranges: [
      [-3, 3],
      [-1e-3, 1e-3],
      [-10, 10],
    ],
  },
  'power 1.7': {
    f: (x) => o.pow(x, 1.7),
    ranges: [
      [0, 4],
      [0, 1e10],
    ],
  },
  'power 3': { f: (x) => o.pow(x, 3), ranges: [[-4, 4]] },
  'power −1': { f: (x) => o.pow(x, -1), ranges: [[-4, 4]] },
  'power ½': { f: (x) => o.pow(x, 0.5), ranges: [[0, 4]] },
  sqrt: { f: o.sqrt, ranges: [[0, 4]] },
  sign: { f: o.sign, ranges: [[-1, 1]] },
  round: { f: o.round, ranges: [[-9, 9]] },
  'maximum with 0': { f: (x) => o.maximum(x, 0), ranges: [[-1, 1]] },
  'minimum with 0': { f: (x) => o.minimum(x, 0), ranges: [[-1, 1]] },
  'fmod 0.7': { f: (x) => o.fmod(x, 0.7), ranges: [[-9, 9]] },
};

const infinity = Number.POSITIVE_INFINITY;
const special = [
  ...[0, 0.5, 1, 1.5, 2.5, 2, 1e22, infinity, 709.78, 745.13, 88.722, 103.9, 87.4, 1e-40, 1e-45, 5e-324, 1e300],
  Number.NaN,
].flatMap((x) => [x, -x]);

/** Distance from the definition in units of its last place. */
function units(dtype: FloatDType, got: number, expected: number): number {
  if (Object.is(got, expected)) return 0;
  const [digits, least] = dtype === 'f32' ? [23, -126] : [52, -1022];
  // Of the greatest finite number where that is infinite; zeros differ from each other by nothing but their sign.
  const size = Math.floor(Math.log2(Math.abs(expected)));
  return Math.abs(got - expected) / 2 ** (Math.max(size, least) - digits);
}

describe.each(['f32', 'f64'] as const)('compiled functions in %s', (dtype) => {
  it.each(Object.entries(functions))('%s is within 4 units in the last place', (_, { f, ranges }) => {
    const n = 1000 + special.length;
    const g = new GraphBuilder();
    const graph = g.build({ y: f(g.input('x', { dtype, shape: [n] })) });
    const [ours, theirs] = [compile(graph, { backend: wasm }), compile(graph, { backend: reference })];
    const inputs = fc
      .constantFrom(...ranges)
      .chain(([min, max]) =>
        fc
          .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1000, maxLength: 1000 })
          .map((shares) => shares.map((share) => min! + (max! - min!) * share)),
      );
    fc.assert(
      fc.property(inputs, (drawn) => {
        const x = array({ dtype, shape: [n] }, [...drawn, ...special]);
        const [y, expected] = [ours.run({ x }).y!.data, theirs.run({ x }).y!.data];
        for (const [i, value] of expected.entries())
          if (!(units(dtype, y[i]!, value) <= 4)) expect.fail(`at ${x.data[i]}: ${y[i]} instead of ${value}`);
      }),
      { numRuns: Number(process.env.CASES ?? 12), seed: Number(process.env.SEED ?? 1) },
    );
    ours.close();
  });
});
