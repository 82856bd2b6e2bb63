import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Backend, compile, reference, wasm } from '../../src/backends/index.ts';
import { plan } from '../../src/backends/wasm/plan/plan.ts';
import { drawPoint } from '../../src/check/draw.ts';
import { Random } from '../../src/check/random.ts';
import type { DType, Graph, NdArray, Tensor } from '../../src/graph/index.ts';
import { GraphBuilder, sizeOf } from '../../src/graph/index.ts';
import { inputAttributes, isInput } from '../../src/graph/input.ts';
import * as o from '../../src/ops/index.ts';
import { inTurn } from './in-turn.ts';

type Pick = readonly number[];
type Move = (made: readonly Tensor[], pick: Pick) => Tensor | undefined;

const float = (x: Tensor): boolean => x.dtype === 'f64' || x.dtype === 'f32';
const of = (made: readonly Tensor[], pick: number, fits: (x: Tensor) => boolean): Tensor | undefined => {
  const choices = made.filter(fits);
  // The latest more often than not, so that chains grow.
  return pick % 3 === 0 ? choices[pick % Math.max(1, choices.length)] : (choices.at(-1 - (pick % 2)) ?? choices.at(-1));
};

const unary =
  (f: (x: Tensor) => Tensor, fits: (x: Tensor) => boolean = float): Move =>
  (made, [p]) => {
    const x = of(made, p!, fits);
    return x && f(x);
  };
/** Of one dtype, brought to one shape by broadcasting. */
const binary =
  (f: (a: Tensor, b: Tensor) => Tensor, fits: (x: Tensor) => boolean = (x) => x.dtype !== 'bool'): Move =>
  (made, [p, q]) => {
    const a = of(made, p!, fits);
    const b = a && of(made, q!, (x) => x.dtype === a.dtype && mixes(x.shape, a.shape));
    return a && b && f(a, b);
  };
const mixes = (a: readonly number[], b: readonly number[]): boolean => {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, k) => [a.at(-1 - k) ?? 1, b.at(-1 - k) ?? 1]).every(
    ([x, y]) => x === y || x === 1 || y === 1,
  );
};
const numbers = [1, 0, -0, -1, 2, 0.5, -3];
const axesOf = (x: Tensor, pick: number): number[] => x.shape.map((_, k) => k).filter((k) => (pick >> k) & 1);

/** What keeps numbers exact: multiples of small powers of two, of moderate size. */
const exact: { readonly [name: string]: Move } = {
  add: binary(o.add),
  sub: binary(o.sub),
  halved: binary((a, b) => (float(a) ? o.mul(o.sub(a, b), 0.5) : o.sub(a, b))),
  maximum: binary(o.maximum),
  minimum: binary(o.minimum),
  relu: unary(
    (x) => o.maximum(x, 0),
    (x) => x.dtype !== 'bool',
  ),
  neg: unary(o.neg, (x) => x.dtype !== 'bool'),
  abs: unary(o.abs, (x) => x.dtype !== 'bool'),
  sign: unary(o.sign, (x) => x.dtype !== 'bool'),
  floor: unary(o.floor),
  ceil: unary(o.ceil),
  round: unary(o.round),
  less: binary(o.less),
  equal: binary(o.equal),
  greaterEqual: binary(o.greaterEqual),
  and: binary(o.and, (x) => x.dtype === 'bool'),
  or: binary(o.or, (x) => x.dtype === 'bool'),
  not: unary(o.not, (x) => x.dtype === 'bool'),
  masked: (made, [p, q]) => {
    const mask = of(made, p!, (x) => x.dtype === 'bool');
    const a = mask && of(made, q!, (x) => x.dtype !== 'bool' && mixes(x.shape, mask.shape));
    return a && o.select(mask, a, numbers[q! % 3]!);
  },
  number: (made, [p, q]) => {
    const x = of(made, p!, (t) => t.dtype !== 'bool');
    return x && o.add(x, numbers[q! % numbers.length]! | 0);
  },
  cast: (made, [p, q]) => {
    const x = of(made, p!, () => true);
    return x && o.cast(x, (['f32', 'f64', 'i32', 'bool', 'f32'] as const)[q! % 5]!);
  },
  sum: (made, [p, q]) => {
    const x = of(made, p!, (t) => t.dtype !== 'bool');
    return x && o.sum(x, { axes: axesOf(x, q!), keepDims: q! % 5 < 2 });
  },
  broadcast: (made, [p, q]) => {
    const x = of(made, p!, (t) => t.shape.length < 3);
    return x && o.broadcastTo(x, [2 + (q! % 3), ...x.shape]);
  },
  reshape: (made, [p, q]) => {
    const x = of(made, p!, () => true);
    return x && o.reshape(x, q! % 2 === 0 ? [sizeOf(x.shape)] : [...x.shape].reverse());
  },
  stop: unary(o.stopGradient),
};

/** What does not: smooth functions, and products. */
const smooth: { readonly [name: string]: Move } = {
  mul: binary(o.mul),
  exp: unary((x) => o.exp(o.minimum(x, 3))),
  log: unary((x) => o.log(o.add(o.abs(x), 1))),
  log1p: unary((x) => o.log1p(o.abs(x))),
  expm1: unary((x) => o.expm1(o.minimum(x, 3))),
  tanh: unary(o.tanh),
  sigmoid: unary(o.sigmoid),
  sin: unary(o.sin),
  cos: unary(o.cos),
  atan: unary(o.atan),
  erf: unary(o.erf),
  sqrt: unary((x) => o.sqrt(o.abs(x))),
  div: binary((a, b) => o.div(a, o.add(o.abs(b), 1)), float),
  pow: unary((x) => o.pow(o.add(o.abs(x), 1), 1.5)),
};

interface Program {
  readonly graph: Graph;
  readonly seed: number;
}

const most = 3000;

const programs = (moves: { readonly [name: string]: Move }, dtypes: readonly DType[]): fc.Arbitrary<Program> =>
  fc
    .record({
      shape: fc.array(fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 13), { maxLength: 3 }),
      large: fc.boolean(),
      dtype: fc.constantFrom(...dtypes),
      steps: fc.array(
        fc.tuple(fc.constantFrom(...Object.keys(moves)), fc.array(fc.nat(60), { minLength: 2, maxLength: 2 })),
        { minLength: 1, maxLength: 40 },
      ),
      outputs: fc.array(fc.nat(60), { minLength: 1, maxLength: 4 }),
      seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    })
    .map(({ shape, large, dtype, steps, outputs, seed }) => {
      const g = new GraphBuilder();
      const full = large ? [...shape.slice(0, 2), 37] : shape;
      const made: Tensor[] = [
        g.input('i', { dtype: 'i32', shape: full }),
        g.input('row', { dtype, shape: full.slice(-1) }),
        g.input('one', { dtype, shape: [] }),
        g.input('x', { dtype, shape: full }),
        g.state('m', { dtype, shape: full }),
      ];
      for (const [move, pick] of steps) {
        const next = moves[move]!(made, pick);
        if (next !== undefined && sizeOf(next.shape) <= most) made.push(next);
      }
      const update = made.findLast((t) => t.dtype === dtype && `${t.shape}` === `${full}`)!;
      const chosen = outputs.map((pick, i) => [`y${i}`, made[made.length - 1 - (pick % made.length)]!]);
      return { graph: g.build(Object.fromEntries(chosen), { m: update }), seed };
    });

/** Whole numbers for every input and state. */
function drawn(graph: Graph, seed: number): { [name: string]: NdArray } {
  const draw = { kind: 'integers', low: -6, high: 6 } as const;
  const named = graph.nodes.filter(isInput).map((node) => [inputAttributes(node).name, node.type] as const);
  return Object.fromEntries(named.map(([name, type]) => [name, drawPoint(type, draw, new Random(seed, name))]));
}

/** Outputs and states of three runs on drawn inputs. */
function outcomes({ graph, seed }: Program, backend: Backend): NdArray[] {
  const executable = compile(graph, { backend });
  const { m, ...feeds } = drawn(graph, seed);
  executable.write('m', m!);
  const results: NdArray[] = [];
  for (let run = 0; run < 3; run++) results.push(...Object.values(executable.run(feeds)), executable.read('m'));
  executable.close();
  return results;
}

/** `tolerance` in the result's own size; what is drawn has sizes around 1, and differences cancel. */
function agree(program: Program, tolerance: { readonly [D in DType]?: number }): void {
  const [ours, theirs] = [outcomes(program, wasm), outcomes(program, reference)];
  for (const [k, expected] of theirs.entries())
    for (const [i, value] of expected.data.entries()) {
      const got = ours[k]!.data[i]!;
      const bound = (tolerance[expected.dtype] ?? 0) * Math.max(1, Math.abs(value));
      if (!(Object.is(got, value) || got === value || Math.abs(got - value) <= bound))
        expect.fail(`result ${k}, element ${i} is ${got}, reference ${value}\n  ${ours[k]}\n  ${expected}`);
    }
}

/** Where two lists of arrays first differ in a bit that is no NaN's. */
function firstDifference(ours: readonly NdArray[], theirs: readonly NdArray[]): string | undefined {
  for (const [k, { data }] of theirs.entries())
    for (let i = 0; i < data.length; i++)
      if (!Object.is(ours[k]!.data[i], data[i]))
        return `result ${k}, element ${i}: ${ours[k]!.data[i]} instead of ${data[i]}`;
  return undefined;
}

const settings = { numRuns: Number(process.env.CASES ?? 150), seed: Number(process.env.SEED ?? 1) };

describe('graphs of pointwise operators, repetition and sums', () => {
  it('equal reference bit for bit where numbers are exact', () => {
    fc.assert(
      fc.property(programs(exact, ['f32', 'f64']), (program) => agree(program, {})),
      settings,
    );
  });

  it.each(['f32', 'f64'] as const)('agree with reference on smooth functions in %s', (dtype) => {
    const { add, sub, relu, number, sum, broadcast, reshape, masked, less } = exact;
    const moves = { ...smooth, add, sub, relu, number, sum, broadcast, reshape, masked, less } as typeof exact;
    fc.assert(
      fc.property(programs(moves, [dtype]), (program) => agree(program, { f32: 1e-3, f64: 1e-11 })),
      settings,
    );
  });

  it('leave no step to the reference kernel', () => {
    fc.assert(
      fc.property(programs({ ...exact, ...smooth }, ['f32']), ({ graph }) => {
        expect(plan(graph).steps.filter(({ kernel }) => kernel === undefined)).toEqual([]);
      }),
      settings,
    );
  });

  it.each([1, 2, 3, 7])('give the same bits on %i threads', (threads) => {
    fc.assert(
      fc.property(programs({ ...exact, ...smooth }, ['f32', 'f64']), ({ graph, seed }) => {
        const stateless = { ...graph, updates: {} };
        const feeds = drawn(stateless, seed);
        expect(firstDifference(inTurn(stateless, feeds, threads), inTurn(stateless, feeds, 1))).toBeUndefined();
      }),
      { ...settings, numRuns: Math.ceil(settings.numRuns / 3) },
    );
  });
});

describe('sums of many terms', () => {
  const shapes = [[70_001], [65_536], [37, 1500], [1500, 37], [3, 500, 41], [6, 3, 32, 32], [2, 3, 5, 512], [4100, 3]];
  it.each(shapes.map((shape) => [shape]))('%j over every choice of axes', (shape) => {
    for (const dtype of ['f32', 'f64', 'i32'] as const)
      for (let choice = 1; choice < 2 ** shape.length; choice++) {
        const g = new GraphBuilder();
        const x = g.input('x', { dtype, shape });
        const row = g.input('row', { dtype, shape: shape.slice(-1) });
        const axes = axesOf(x, choice);
        const terms = o.sub(o.maximum(x, 0), row);
        const graph = g.build({ plain: o.sum(x, { axes }), fused: o.sum(terms, { axes }), terms });
        const feeds = drawn(graph, choice);
        const expected = Object.values(compile(graph, { backend: reference }).run(feeds));
        for (const threads of [1, 3]) expect(firstDifference(inTurn(graph, feeds, threads), expected)).toBeUndefined();
      }
  });
});
