import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { type Shape, sizeOf, stridesOf } from '../../src/graph/shape.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  argsort,
  gatherElements,
  gatherNd,
  range,
  roll,
  scatterElements,
  scatterNd,
  sort,
  take,
  tile,
  topK,
  tril,
  triu,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

type Reduction = 'none' | 'add' | 'mul' | 'max' | 'min' | 'mean';
const reductions: readonly Reduction[] = ['none', 'add', 'mul', 'max', 'min', 'mean'];

const numbers = (shape: Shape, seed: number): number[] =>
  Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 37 + seed * 11) % 17) - 8);

const place = (i: number, shape: Shape): number[] => stridesOf(shape).map((s, k) => Math.floor(i / s) % shape[k]!);
const flat = (at: readonly number[], shape: Shape): number =>
  at.reduce((sum, a, k) => sum + (a < 0 ? a + shape[k]! : a) * stridesOf(shape)[k]!, 0);

/** What stands at each place after all values have arrived. */
function arrive(x: readonly number[], list: readonly (readonly [number, number])[], how: Reduction, self: boolean) {
  return x.map((own, p) => {
    const values = list.flatMap(([at, value]) => (at === p ? [value] : []));
    if (values.length === 0) return own;
    if (how === 'none') return values.at(-1)!;
    const all = self ? [own, ...values] : values;
    if (how === 'add') return all.reduce((a, b) => a + b);
    if (how === 'mul') return all.reduce((a, b) => a * b);
    if (how === 'mean') return all.reduce((a, b) => a + b) / all.length;
    return how === 'max' ? Math.max(...all) : Math.min(...all);
  });
}

const geometry = fc
  .record({
    shape: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    axis: fc.nat(2),
    less: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)),
    count: fc.nat(5),
    seed: fc.nat(99),
  })
  .map(({ shape, axis, less, count, seed }) => {
    const k = axis % shape.length;
    const reads = shape.map((d, j) => (j === k ? count : Math.max(0, d - less[j]!)));
    const indices = Array.from({ length: sizeOf(reads) }, (_, i) => ((i * 5 + seed) % (2 * shape[k]!)) - shape[k]!);
    return { shape, axis: k, reads, indices, seed };
  });

describe('elements by index', () => {
  it('gatherElements reads, scatterElements writes what their definitions say', () => {
    fc.assert(
      fc.property(geometry, fc.constantFrom(...reductions), fc.boolean(), (drawn, reduction, includeSelf) => {
        const { shape, axis, reads, indices, seed } = drawn;
        const g = new GraphBuilder();
        const [x, at, values] = [
          g.input('x', f64(...shape)),
          g.input('at', i32(...reads)),
          g.input('v', f64(...reads)),
        ];
        const feeds = {
          x: array(f64(...shape), numbers(shape, seed)),
          at: array(i32(...reads), indices),
          v: array(f64(...reads), numbers(reads, seed + 1)),
        };
        const { read, written } = runGraph(
          {
            read: gatherElements(x, at, axis),
            written: scatterElements(x, at, values, { axis: axis - shape.length, reduction, includeSelf }),
          },
          feeds,
        );
        const positions = indices.map((index, i) => flat(place(i, reads).with(axis, index), shape));
        expect(Array.from(read.data)).toEqual(positions.map((p) => feeds.x.data[p]!));
        const wanted = arrive(
          Array.from(feeds.x.data),
          positions.map((p, i) => [p, feeds.v.data[i]!]),
          reduction,
          includeSelf,
        );
        expect(Array.from(written.data, (v) => v + 0)).toEqual(wanted.map((v) => v + 0));
      }),
      { numRuns: 300 },
    );
  });

  it('gatherNd reads, scatterNd writes whole slices', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
        fc.nat(2),
        fc.nat(4),
        fc.constantFrom(...reductions),
        fc.nat(99),
        (shape, length, count, reduction, seed) => {
          const k = 1 + (length % shape.length);
          const inner = shape.slice(k);
          const tuples = Array.from({ length: count }, (_, i) =>
            shape.slice(0, k).map((d, j) => ((i * 3 + j * 5 + seed) % (2 * d)) - d),
          );
          const g = new GraphBuilder();
          const reads = [count, ...inner];
          const [x, at] = [g.input('x', f64(...shape)), g.input('at', i32(count, k))];
          const feeds = {
            x: array(f64(...shape), numbers(shape, seed)),
            at: array(i32(count, k), tuples.flat()),
            v: array(f64(...reads), numbers(reads, seed + 1)),
          };
          const { read, written } = runGraph(
            { read: gatherNd(x, at), written: scatterNd(x, at, g.input('v', f64(...reads)), { reduction }) },
            feeds,
          );
          const positions = tuples.flatMap((tuple) =>
            Array.from({ length: sizeOf(inner) }, (_, i) => flat([...tuple, ...place(i, inner)], shape)),
          );
          expect(Array.from(read.data)).toEqual(positions.map((p) => feeds.x.data[p]!));
          const list = positions.map((p, i) => [p, feeds.v.data[i]!] as const);
          const wanted = arrive(Array.from(feeds.x.data), list, reduction, true);
          expect(Array.from(written.data, (v) => v + 0)).toEqual(wanted.map((v) => v + 0));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('take replaces an axis by those of the indices', () => {
    const g = new GraphBuilder();
    const [x, at] = [g.input('x', f64(2, 3, 2)), g.input('at', i32(2, 2))];
    const y = take(x, at, 1);
    expect([...y.shape]).toEqual([2, 2, 2, 2]);
    const feeds = { x: array(x, numbers([2, 3, 2], 0)), at: array(at, [2, -3, 0, 2]) };
    const data = feeds.x.data;
    const wanted = [0, 1].flatMap((b) => [2, 0, 0, 2].flatMap((r) => [0, 1].map((c) => data[b * 6 + r * 2 + c]!)));
    expect(Array.from(runGraph({ y }, feeds).y.data)).toEqual(wanted);
  });

  it.each([3, -4, -5, 7])('an index of %i into three elements is refused at run time', (index) => {
    const g = new GraphBuilder();
    const [x, at] = [g.input('x', f64(2, 3)), g.input('at', i32(2, 1))];
    const feeds = { x: array(x, numbers([2, 3], 0)), at: array(at, [0, index]) };
    for (const y of [
      gatherElements(x, at, 1),
      take(x, at, 1),
      scatterElements(x, at, gatherElements(x, at, 1), { axis: 1 }),
      gatherNd(take(x, at, 1), at),
    ])
      expect(() => runGraph({ y }, feeds)).toThrow(/gather\/position/);
  });

  it('of nothing, nothing is read and nothing written', () => {
    const g = new GraphBuilder();
    const [x, at] = [g.input('x', f64(2, 3)), g.input('at', i32(0, 3))];
    const y = scatterElements(x, at, gatherElements(x, at, 0), { reduction: 'mul' });
    expect([...take(x, g.input('none', i32(0)), 1).shape]).toEqual([2, 0]);
    const feeds = { x: array(x, numbers([2, 3], 0)), at: array(at, []), none: array(i32(0)) };
    expect(Array.from(runGraph({ y }, feeds).y.data)).toEqual(Array.from(feeds.x.data));
  });

  it('refuses what does not fit', () => {
    const g = new GraphBuilder();
    const [x, at, long] = [g.input('x', f64(2, 3)), g.input('at', i32(2, 3)), g.input('long', i32(3, 3))];
    const real = g.input('real', f64(2, 3)) as never;
    expect(() => gatherElements(x, real)).toThrow(/index\/dtype/);
    expect(() => gatherElements(x, long, 1)).toThrow(/index\/rank/);
    expect(() => gatherNd(x, at)).toThrow(/index\/tuple/);
    expect(() => scatterElements(x, long, x)).toThrow(/index\/values/);
    expect(() => scatterNd(x, g.input('tuples', i32(4, 1)), x)).toThrow(/index\/values/);
    expect(() => scatterElements(x, at, x, { reduction: 'xor' as never })).toThrow(/scatter\/reduction/);
    expect(() => topK(x as never, 4)).toThrow(/top-k\/count/);
  });
});

describe('order', () => {
  it('sort is stable, puts NaN last, and topK is its beginning', () => {
    const values = fc.array(fc.constantFrom(1, 2, -3, 0, Number.NaN, Number.POSITIVE_INFINITY), { maxLength: 9 });
    fc.assert(
      fc.property(values, fc.boolean(), fc.nat(9), (list, descending, k) => {
        const g = new GraphBuilder();
        const x = g.input('x', f64(list.length));
        const rank = (v: number): number => (Number.isNaN(v) ? Number.POSITIVE_INFINITY : v);
        const order = [...list.keys()].sort((a, b) => {
          const [p, q] = [list[a]!, list[b]!];
          const less = Number.isNaN(p) || Number.isNaN(q) ? Number(Number.isNaN(p)) - Number(Number.isNaN(q)) : 0;
          const difference = less !== 0 ? less : rank(p) === rank(q) ? 0 : rank(p) - rank(q);
          return (descending ? -difference : difference) || a - b;
        });
        const sorted = sort(x, 0, { descending });
        const first = topK(x, Math.min(k, list.length), { least: !descending });
        const run = runGraph(
          { values: sorted.values, indices: sorted.indices, first: first.indices, only: argsort(x, 0, { descending }) },
          { x: array(x, list) },
        );
        expect(Array.from(run.indices.data)).toEqual(order);
        expect(Array.from(run.only.data)).toEqual(order);
        expect(Array.from(run.values.data)).toEqual(order.map((i) => list[i]));
        expect(Array.from(run.first.data)).toEqual(order.slice(0, k));
      }),
    );
  });
});

describe('movement', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(2, 3));
  const feeds = { x: array(x, [1, 2, 3, 4, 5, 6]) };
  it.each([
    ['tile', tile(x, [2]), [2, 6], [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6]],
    ['tile, a new axis', tile(x, [2, 1, 1]), [2, 2, 3], [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]],
    ['tile, none', tile(x, [0, 1]), [0, 3], []],
    ['roll, one axis', roll(x, 4, 1), [2, 3], [3, 1, 2, 6, 4, 5]],
    ['roll, the same axis twice', roll(x, [1, 1], [0, 0]), [2, 3], [1, 2, 3, 4, 5, 6]],
    ['roll, one line', roll(x, -1), [2, 3], [2, 3, 4, 5, 6, 1]],
    ['tril', tril(x), [2, 3], [1, 0, 0, 4, 5, 0]],
    ['tril, far above', tril(x, { diagonal: 9 }), [2, 3], [1, 2, 3, 4, 5, 6]],
    ['triu, far below', triu(x, { diagonal: -9 }), [2, 3], [1, 2, 3, 4, 5, 6]],
    ['triu, above', triu(x, { diagonal: 1 }), [2, 3], [0, 2, 3, 0, 0, 6]],
    ['range', range(g, { dtype: 'f64', start: 1, limit: 2, step: 0.25 }), [4], [1, 1.25, 1.5, 1.75]],
    ['range, down', range(g, { dtype: 'i32', start: 3, limit: -2, step: -2 }), [3], [3, 1, -1]],
    ['range, empty', range(g, { dtype: 'i32', start: 3, limit: 1 }), [0], []],
  ])('%s', (_, y, shape, data) => {
    const got = runGraph({ y }, feeds).y;
    expect([...got.shape]).toEqual(shape);
    expect(Array.from(got.data, (v) => v + 0)).toEqual(data);
  });

  it('refuses what makes no sense', () => {
    expect(() => tile(x, [1, -1])).toThrow(/tile\/repeats/);
    expect(() => roll(x, [1, 2], [0])).toThrow(/roll\/shifts/);
    expect(() => range(g, { dtype: 'i32', limit: 3, step: 0 })).toThrow(/range\/step/);
    expect(() => tril(g.input('v', f64(3)))).toThrow(/triangle\/rank/);
  });
});
