import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type Backend, compile, reference, wasmWith } from '../../src/backends/index.ts';
import type { FloatDType } from '../../src/graph/dtype.ts';
import type { Graph, NdArray, Tensor, Type } from '../../src/graph/index.ts';
import { array, GraphBuilder, sizeOf } from '../../src/graph/index.ts';
import * as o from '../../src/ops/index.ts';
import { argmaxWindow, type ConvAttributes, conv, gather } from '../../src/ops/index.ts';
import { expectEqual } from './expect-equal.ts';
import { inTurn } from './in-turn.ts';
import { runTwice } from './run-twice.ts';

/** A tensor of some shape, and how to make one of another shape of it by moving elements about. */
interface Origin {
  readonly shape: readonly number[];
  readonly make: (x: Tensor) => Tensor;
}

type Pick = readonly [kind: number, choice: number];
const picks = fc.array(fc.tuple(fc.nat(4), fc.nat(1000)), { maxLength: 4 });

function permutation(rank: number, choice: number): number[] {
  const left = Array.from({ length: rank }, (_, k) => k);
  return Array.from({ length: rank }, () => left.splice(choice % left.length, 1)[0]!);
}

/** One step back from a shape: what a transpose, flip, slice, reshape or broadcast to it may start from. */
function before(shape: readonly number[], [kind, choice]: Pick): Origin {
  const rank = shape.length;
  const axis = choice % rank;
  if (kind === 0) {
    const order = permutation(rank, choice);
    const from = shape.map((_, k) => shape[order.indexOf(k)]!);
    return { shape: from, make: (x) => o.transpose(x, order) };
  }
  if (kind === 1)
    return {
      shape,
      make: (x) =>
        o.flip(
          x,
          [...shape.keys()].filter((k) => (choice >> k) & 1),
        ),
    };
  if (kind === 2) {
    const [step, start] = [1 + (choice % 2), choice % 3];
    const from = shape.with(axis, start + shape[axis]! * step + 1);
    const starts = shape.map((_, k) => (k === axis ? start : 0));
    const limits = shape.map((d, k) => (k === axis ? start + d * step : d));
    return {
      shape: from,
      make: (x) => o.slice(x, { starts, limits, steps: shape.map((_, k) => (k === axis ? step : 1)) }),
    };
  }
  if (kind === 3) {
    const first = Math.min(axis, rank - 2);
    const merged =
      rank < 2 ? shape : [...shape.slice(0, first), shape[first]! * shape[first + 1]!, ...shape.slice(first + 2)];
    return { shape: merged, make: (x) => o.reshape(x, shape) };
  }
  return { shape: shape.with(axis, 1), make: (x) => o.broadcastTo(x, shape) };
}

function origin(shape: readonly number[], chain: readonly Pick[]): Origin {
  return chain.reduce<Origin>(
    (last, pick) => {
      const earlier = before(last.shape, pick);
      return { shape: earlier.shape, make: (x) => last.make(earlier.make(x)) };
    },
    { shape, make: (x) => x },
  );
}

/** What follows a result: moves forward that need no shape. */
const after = (y: Tensor, chain: readonly Pick[]): Tensor =>
  chain.reduce((x, [kind, choice]) => {
    const rank = x.shape.length;
    if (kind === 0) return o.transpose(x, permutation(rank, choice));
    if (kind === 1)
      return o.flip(
        x,
        [...x.shape.keys()].filter((k) => (choice >> k) & 1),
      );
    if (kind === 2) {
      const axis = choice % rank;
      const starts = x.shape.map((d, k) => (k === axis && d > 2 ? 1 : 0));
      return o.slice(x, { starts, limits: x.shape });
    }
    return kind === 3 ? o.reshape(x, [...x.shape].reverse()) : o.maximum(x, 0);
  }, y);

interface Problem {
  readonly dtype: FloatDType;
  /** The operands' shapes. */
  readonly shapes: { readonly [name: string]: readonly number[] };
  readonly compute: (operands: { readonly [name: string]: Tensor }) => Tensor;
}

const axis = fc.record({
  length: fc.integer({ min: 1, max: 24 }),
  window: fc.constantFrom(1, 2, 3, 3, 3, 7),
  stride: fc.constantFrom(1, 1, 1, 2),
  xDilation: fc.constantFrom(1, 1, 1, 2),
  wDilation: fc.constantFrom(1, 1, 1, 2),
  lo: fc.nat(2),
});
const convolutions = (channels: fc.Arbitrary<number>): fc.Arbitrary<Problem> =>
  fc
    .record({
      dtype: fc.constantFrom<FloatDType>('f32', 'f32', 'f64'),
      batch: fc.constantFrom(1, 2, 3, 9),
      groups: fc.constantFrom(1, 1, 1, 2),
      channels,
      outputs: channels,
      axes: fc.array(axis, { minLength: 1, maxLength: 2 }),
    })
    .map(({ dtype, batch, groups, channels, outputs, axes }) => {
      const attributes: ConvAttributes = {
        groups,
        axes: axes.map(({ length, window, lo, ...rest }) => ({
          ...{ ...rest, lo },
          hi: Math.max(lo, (window - 1) * rest.wDilation - (length - 1) * rest.xDilation - lo),
        })),
      };
      return {
        dtype,
        shapes: {
          x: [batch, groups * channels, ...axes.map(({ length }) => length)],
          w: [groups * outputs, channels, ...axes.map(({ window }) => window)],
        },
        compute: ({ x, w }) => conv(x!, w!, attributes),
      };
    });

/** Plain 3×3 windows, and what their gradients by the weights ask for, with channels enough for any algorithm. */
const squares: fc.Arbitrary<Problem> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 8, max: 20 }),
    outputs: fc.integer({ min: 8, max: 20 }),
    height: fc.integer({ min: 3, max: 20 }),
    width: fc.constantFrom(8, 16, 24, 32, 13),
    gradient: fc.boolean(),
  })
  .map(({ batch, channels, outputs, height, width, gradient }) => {
    const axes = [0, 1].map(() => ({ stride: 1, xDilation: 1, wDilation: 1, lo: 1, hi: 1 }));
    const compute: Problem['compute'] = ({ x, w }) => conv(x!, w!, { groups: 1, axes });
    return gradient
      ? { dtype: 'f32', shapes: { x: [channels, batch, height, width], w: [outputs, batch, height, width] }, compute }
      : { dtype: 'f32', shapes: { x: [batch, channels, height, width], w: [outputs, channels, 3, 3] }, compute };
  });

const products: fc.Arbitrary<Problem> = fc
  .record({
    dtype: fc.constantFrom<FloatDType>('f32', 'f64'),
    lead: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    sizes: fc.tuple(...[0, 1, 2].map(() => fc.oneof(fc.constantFrom(1, 16, 32), fc.integer({ min: 1, max: 20 })))),
  })
  .map(({ dtype, lead, sizes: [m, k, n] }) => ({
    dtype,
    shapes: { a: [...lead, m!, k!], b: [...lead, k!, n!] },
    compute: ({ a, b }) => o.matmul(a as never, b as never) as Tensor,
  }));

const pools: fc.Arbitrary<Problem> = fc
  .record({
    lead: fc.tuple(fc.nat(2), fc.nat(4)),
    height: fc.integer({ min: 2, max: 9 }),
    width: fc.constantFrom(8, 13, 40),
  })
  .map(({ lead, height, width }) => ({
    dtype: 'f32',
    shapes: { x: [lead[0] + 1, lead[1] + 1, height, width] },
    compute: ({ x }) => {
      const window = { window: 2, stride: 2, lo: 0, hi: 0, dilation: 1 };
      const at = argmaxWindow(x!, { axes: [window, window], ties: 'first' });
      return o.add(gather({ x: x!, at }, { batch: 2 }), o.cast(at, 'f32') as Tensor);
    },
  }));

const loops: fc.Arbitrary<Problem> = fc
  .record({ shape: fc.array(fc.constantFrom(1, 2, 3, 7, 32, 40), { minLength: 1, maxLength: 3 }), axes: fc.nat(7) })
  .map(({ shape, axes }) => ({
    dtype: 'f32',
    shapes: { x: shape, row: [shape.at(-1)!] },
    compute: ({ x, row }) => {
      const y = o.maximum(o.sub(x!, row!), 0);
      return axes === 0
        ? y
        : (o.sum(o.add(y, x!), { axes: [...shape.keys()].filter((k) => (axes >> k) & 1) }) as Tensor);
    },
  }));

interface Case {
  readonly problem: Problem;
  readonly chains: readonly (readonly Pick[])[];
  readonly last: readonly Pick[];
}
const cases = (problem: fc.Arbitrary<Problem>): fc.Arbitrary<Case> =>
  fc.record({ problem, chains: fc.array(picks, { minLength: 2, maxLength: 2 }), last: picks });

const value = (i: number): number => (((i * 7919) % 33) - 16) / 4;
const filled = (type: Type): NdArray =>
  array(
    type,
    Array.from({ length: sizeOf(type.shape) }, (_, i) => value(i)),
  );

interface Program {
  readonly graph: Graph;
  readonly feeds: { readonly [name: string]: NdArray };
}

/** Other readers of an operand, of any kind or none. */
function others(x: Tensor, { length }: readonly Pick[]): { readonly [name: string]: Tensor } {
  if (length === 1) return { also: o.neg(x) };
  if (length === 2) return { also: o.sum(o.maximum(x, 0)) as Tensor };
  return length === 3 ? { also: x } : {};
}

/** The problem with operands that are views; and the same with the operands themselves as inputs. */
function programs({
  problem: { dtype, shapes, compute },
  chains,
  last,
}: Case): { views: Program; plain: Program } | undefined {
  const names = Object.keys(shapes);
  const origins = names.map((name, i) => origin(shapes[name]!, chains[i]!));
  if (origins.some(({ shape }) => sizeOf(shape) > 60_000)) return undefined;
  const g = new GraphBuilder();
  const inputs = names.map((name, i) => g.input(name, { dtype, shape: origins[i]!.shape }));
  const operands = Object.fromEntries(names.map((name, i) => [name, origins[i]!.make(inputs[i]!)]));
  const y = compute(operands);
  // Where nothing else reads the result it may be written straight to where it goes.
  const shown = (result: Tensor): { readonly [name: string]: Tensor } => (last.length > 2 ? { y: result } : {});
  const graph = g.build({ z: after(y, last), ...shown(y), ...others(operands[names.at(-1)!]!, last) });
  const feeds = Object.fromEntries(names.map((name, i) => [name, filled({ dtype, shape: origins[i]!.shape })]));
  const p = new GraphBuilder();
  const made = new GraphBuilder();
  const operandsOnly = made.build(
    Object.fromEntries(
      names.map((name, i) => [name, origins[i]!.make(made.input(name, { dtype, shape: origins[i]!.shape }))]),
    ),
  );
  const plainInputs = Object.fromEntries(names.map((name) => [name, p.input(name, { dtype, shape: shapes[name]! })]));
  const plainY = compute(plainInputs);
  const plain = p.build({ z: after(plainY, last), ...shown(plainY), ...others(plainInputs[names.at(-1)!]!, last) });
  return {
    views: { graph, feeds },
    plain: { graph: plain, feeds: compile(operandsOnly, { backend: reference }).run(feeds) },
  };
}

const outputsOf = ({ graph, feeds }: Program, backend: Backend = wasmWith({ threads: 1, relaxed: false })): NdArray[] =>
  runTwice(graph, feeds, backend);

const runs = { numRuns: Number(process.env.CASES ?? 60), seed: Number(process.env.SEED ?? 3) };
const check = (problem: fc.Arbitrary<Problem>, exact: boolean): void =>
  fc.assert(
    fc.property(cases(problem), (drawn) => {
      const both = programs(drawn);
      if (both === undefined) return;
      const expected = outputsOf(both.plain);
      expectEqual(outputsOf(both.views), expected, 'without views');
      expectEqual(inTurn(both.views.graph, both.views.feeds, 3), expected, 'on one thread');
      if (!exact) return;
      const ours = outputsOf(both.views, wasmWith({ threads: 1, relaxed: false, exact: true }));
      expectEqual(ours, outputsOf(both.views, reference), 'reference');
    }),
    runs,
  );

describe('operands that lie elsewhere give the same bits', () => {
  it('convolutions', () => check(convolutions(fc.integer({ min: 1, max: 5 })), true));
  it('convolutions of many channels', () =>
    check(fc.oneof(convolutions(fc.integer({ min: 6, max: 18 })), squares), false));
  it('3×3 convolutions and their gradients', () => check(squares, false));
  it('matrix products', () => check(products, true));
  it('pooling', () => check(pools, true));
  it('loops over elements', () => check(loops, true));
});
