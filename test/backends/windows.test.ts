import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, wasm } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { DType } from '../../src/graph/dtype.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, i32, type Type } from '../../src/graph/type.ts';
import { argmaxWindow, cumulativeSum, gather, linearWindows, type Row, random, scatter } from '../../src/ops/index.ts';
import { argmaxOp } from '../../src/ops/reduce/argmax.ts';
import { expectSame, type Values } from './same-as-reference.ts';

const check = <T>(arbitrary: fc.Arbitrary<T>, run: (value: T) => void): void =>
  fc.assert(fc.property(arbitrary, run), { numRuns: Number(process.env.CASES ?? 60), seed: 5 });

/** Few values, so that they tie, and some that are no numbers or infinite. */
const ties: Values = (i) => {
  const pick = (i * 2654435761) % 97;
  if (pick < 6) return Number.NaN;
  if (pick < 12) return pick % 2 === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return (pick % 7) - 3;
};
const rounded: Values = (i) => ((i * 2654435761) % 7) - 3;

const walk = fc.record({
  size: fc.oneof(fc.constantFrom(8, 16, 32), fc.integer({ min: 1, max: 30 })),
  window: fc.constantFrom(1, 2, 2, 2, 3, 5),
  stride: fc.constantFrom(1, 2, 2, 2, 3),
  lo: fc.constantFrom(0, 0, 0, 1, 2, -1),
  hi: fc.constantFrom(0, 0, 0, 1, 2, -1),
  dilation: fc.constantFrom(1, 1, 1, 2),
});
const fits = (w: { size: number; window: number; lo: number; hi: number; dilation: number }): boolean =>
  w.size + w.lo + w.hi >= (w.window - 1) * w.dilation + 1;
const windows = fc.record({
  lead: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
  walks: fc
    .array(walk.filter(fits), { minLength: 1, maxLength: 3 })
    .filter((w) => w.reduce((p, a) => p * a.size, 1) < 5000),
  ties: fc.constantFrom('first' as const, 'last' as const),
  dtype: fc.constantFrom<DType>('f32', 'f64', 'i32'),
});

describe('lines of larger tensors give what reference gives', () => {
  const lines = fc.record({
    dtype: fc.constantFrom<DType>('f32', 'f64', 'i32'),
    shape: fc.array(fc.integer({ min: 1, max: 19 }), { minLength: 1, maxLength: 4 }),
    flag: fc.boolean(),
  });

  it('argmax', () =>
    check(
      lines.chain((line) => fc.tuple(fc.constant(line), fc.subarray(line.shape.map((_, k) => k)))),
      ([{ dtype, shape, flag }, axes]) =>
        expectSame({ x: [{ dtype, shape }, dtype === 'i32' ? rounded : ties] }, (_, { x }) => ({
          y: argmaxOp({ x: x! }, { axes, ties: flag ? 'first' : 'last' }),
        })),
    ));

  it('cumulativeSum', () =>
    check(
      lines.chain((line) => fc.tuple(fc.constant(line), fc.nat(line.shape.length - 1))),
      ([{ dtype, shape, flag: reverse }, axis]) =>
        expectSame({ x: { dtype, shape } }, (_, { x }) => ({
          y: cumulativeSum(x as never, axis, { reverse }) as Tensor,
        })),
    ));

  it('random', () =>
    check(
      fc.record({
        dtype: fc.constantFrom('f32' as const, 'f64' as const),
        size: fc.nat(300),
        seed: fc.maxSafeInteger(),
      }),
      ({ dtype, size, seed }) =>
        expectSame({ step: i32() }, (g, { step }) => ({
          y: random(g, { dtype, shape: [size] }, { seed, stream: 'a', step: step as never }) as Tensor,
        })),
    ));
});

describe('windows over larger tensors give what reference gives', () => {
  it('argmaxWindow, the values there, and their way back', () =>
    check(windows, ({ lead, walks, ties: rule, dtype }) => {
      const x: Type = { dtype, shape: [...lead, ...walks.map(({ size }) => size)] };
      const axes = walks.map(({ size: _, ...axis }) => axis);
      expectSame({ x: [x, dtype === 'i32' ? rounded : ties] }, (_, t) => {
        const at = argmaxWindow(t.x!, { axes, ties: rule });
        const y = gather({ x: t.x!, at }, { batch: lead.length });
        const back = scatter({ x: y, at }, { batch: lead.length, shape: walks.map(({ size }) => size) });
        return { at, y, back };
      });
    }));

  it('gather and scatter at positions of any kind', () =>
    check(
      fc.record({
        lead: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
        places: fc.integer({ min: 1, max: 40 }),
        reads: fc.integer({ min: 1, max: 200 }),
        dtype: fc.constantFrom<DType>('f32', 'f64', 'i32'),
      }),
      ({ lead, places, reads, dtype }) => {
        const at: Values = (i) => ((i * 2654435761) % (places + 1)) - 1;
        expectSame(
          {
            x: { dtype, shape: [...lead, places] },
            v: { dtype, shape: [...lead, reads] },
            at: [i32(...lead, reads), at],
          },
          (_, t) => ({
            y: gather({ x: t.x!, at: t.at! }, { batch: lead.length }) as Tensor,
            back: scatter({ x: t.v!, at: t.at! }, { batch: lead.length, shape: [places] }) as Tensor,
          }),
        );
      },
    ));

  it.each([3, -2, 2 ** 31 - 1, -(2 ** 31)])('refuses position %d of 3, as reference does', (position) => {
    for (const which of ['gather', 'scatter']) {
      const g = new GraphBuilder();
      const [x, at] = [g.input('x', f32(2, 3)), g.input('at', i32(2, 3))];
      const y = which === 'gather' ? gather({ x, at }, { batch: 1 }) : scatter({ x, at }, { batch: 1, shape: [3] });
      const executable = compile(g.build({ y: y as Tensor }), { backend: wasm });
      const feeds = { x: array(f32(2, 3)), at: array(i32(2, 3), [0, 1, 2, -1, position, 0]) };
      expect(() => executable.run(feeds)).toThrow(new RegExp(`gather/position: at holds ${position} \\(its element 4`));
      expect(executable.run({ ...feeds, at: array(i32(2, 3)) }).y!.shape).toHaveLength(2);
    }
  });
});

describe('sparse matrices along one axis of larger tensors give what reference gives', () => {
  const weight = fc.constantFrom(0.25, 0.5, 1, -0.75, 2);
  const shape = fc.record({
    before: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
    size: fc.integer({ min: 1, max: 24 }),
    after: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
    dtype: fc.constantFrom<DType>('f32', 'f64'),
  });
  const run = (
    { before, size, after, dtype }: { before: number[]; size: number; after: number[]; dtype: DType },
    rows: Row[],
  ): void =>
    expectSame({ x: { dtype, shape: [...before, size, ...after] } }, (_, { x }) => ({
      y: linearWindows(x!, before.length, rows) as Tensor,
    }));

  it('regular ones', () =>
    check(
      fc.record({
        shape,
        window: fc.integer({ min: 1, max: 5 }),
        stride: fc.integer({ min: 0, max: 4 }),
        copies: fc.constantFrom(1, 2, 3, 4),
        weights: fc.array(weight, { minLength: 20, maxLength: 20 }),
      }),
      ({ shape, window, stride, copies, weights }) => {
        const taps = Math.min(window, shape.size);
        const places = stride === 0 ? 6 : Math.floor((shape.size - taps) / stride) + 1;
        const rows = Array.from({ length: places * copies }, (_, i) =>
          Array.from({ length: taps }, (_, k): [number, number] => [
            Math.floor(i / copies) * stride + k,
            weights[(i % copies) * 5 + k]!,
          ]),
        );
        run(shape, rows);
        run(shape, rows.toReversed());
      },
    ));

  it('irregular ones, in the code and in a table', () =>
    check(
      shape.chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.array(fc.array(fc.tuple(fc.nat(shape.size - 1), weight), { maxLength: 4 }), {
            minLength: 1,
            maxLength: 12,
          }),
          fc.constantFrom(1, 20),
        ),
      ),
      ([shape, rows, times]) =>
        run(
          shape,
          Array.from({ length: times }, (_, k) =>
            rows.map((row) => [...row, [k % shape.size, 1] as [number, number]]),
          ).flat(),
        ),
    ));

  it('along two or three axes one after the other, of many images or few', () =>
    check(
      fc.record({
        images: fc.constantFrom([2], [3, 3], [17]),
        sizes: fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 2, maxLength: 3 }),
        turned: fc.boolean(),
        stride: fc.integer({ min: 1, max: 3 }),
        weights: fc.array(weight, { minLength: 3, maxLength: 3 }),
        dtype: fc.constantFrom<DType>('f32', 'f64'),
      }),
      ({ images, sizes, turned, stride, weights, dtype }) =>
        expectSame({ x: { dtype, shape: [...images, ...sizes] } }, (_, { x }) => {
          const axes = sizes.map((_, k) => k);
          const y = (turned ? axes.toReversed() : axes).reduce((value, k) => {
            const length = sizes[k]!;
            const rows = Array.from({ length: Math.ceil(length / stride) }, (_, i) =>
              weights.map((w, d): [number, number] => [i * stride + d - 1, w]).filter(([at]) => at >= 0 && at < length),
            );
            return linearWindows(value, images.length + k, rows);
          }, x!);
          return { y };
        }),
    ));
});
