import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array } from '../../../src/graph/nd-array.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { f64, i32 } from '../../../src/graph/type.ts';
import {
  conv2d,
  convTranspose2d,
  depthToSpace,
  pixelShuffle,
  pixelUnshuffle,
  reshape,
  type ShuffleOrder,
  spaceToDepth,
  transpose,
} from '../../../src/ops/index.ts';
import { runGraph } from '../run-graph.ts';

const orders: readonly ShuffleOrder[] = ['crd', 'dcr', 'crd-transposed'];
/** 0, 1, 2, … in the shape of a tensor. */
const counted = (t: Tensor) =>
  array(
    t,
    Array.from({ length: t.shape.reduce((a, b) => a * b, 1) }, (_, k) => k),
  );

describe('the block of each channel', () => {
  it.each([
    ['crd', [0, 1, 2, 3], [4, 5, 6, 7]],
    ['dcr', [0, 2, 4, 6], [1, 3, 5, 7]],
    ['crd-transposed', [0, 2, 1, 3], [4, 6, 5, 7]],
  ] as const)('in the order %s is %j and %j', (order, first, second) => {
    const x = new GraphBuilder().input('x', f64(1, 8, 1, 1));
    const y = depthToSpace(x, { block: 2, order });
    expect([...runGraph({ y }, { x: counted(x) }).y.data]).toEqual([...first, ...second]);
  });
});

const anyBlocks = fc.integer({ min: 1, max: 3 }).chain((rank) =>
  fc.record({
    lead: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 })),
    spatial: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: rank, maxLength: rank }),
    block: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: rank, maxLength: rank }),
    order: fc.constantFrom(...orders),
  }),
);

describe('depthToSpace and spaceToDepth', () => {
  it('undo each other, in every order and number of axes', () =>
    fc.assert(
      fc.property(anyBlocks, ({ lead: [n, c], spatial, block, order }) => {
        const g = new GraphBuilder();
        const blocks = block.reduce((a, b) => a * b, 1);
        const deep = g.input('deep', i32(n, c * blocks, ...spatial));
        const wide = g.input('wide', f64(n, c, ...spatial.map((d, i) => d * block[i]!)));
        const made = runGraph(
          {
            deep: spaceToDepth(depthToSpace(deep, { block, order }), { block, order }),
            wide: depthToSpace(spaceToDepth(wide, { block, order }), { block, order }),
          },
          { deep: counted(deep), wide: counted(wide) },
        );
        expect(made).toEqual({ deep: counted(deep), wide: counted(wide) });
      }),
    ));

  it('place every element by the formula of the order', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...orders),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (order, r, c) => {
          const g = new GraphBuilder();
          const x = g.input('x', f64(2, c * r * r, 2, 3));
          const y = depthToSpace(x, { block: r, order });
          const { data } = runGraph({ y }, { x: counted(x) }).y;
          const channel = (k: number, i: number, j: number): number =>
            ({ crd: k * r * r + i * r + j, dcr: (i * r + j) * c + k, 'crd-transposed': k * r * r + j * r + i })[order];
          let at = 0;
          for (let n = 0; n < 2; n++)
            for (let k = 0; k < c; k++)
              for (let row = 0; row < 2 * r; row++)
                for (let column = 0; column < 3 * r; column++) {
                  const from = channel(k, row % r, column % r);
                  const [i, j] = [Math.floor(row / r), Math.floor(column / r)];
                  expect(data[at++]).toBe(((n * c * r * r + from) * 2 + i) * 3 + j);
                }
        },
      ),
    ));

  it('of the three orders are each other after moving channels', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 18, 2, 3));
    const moved = (axes: readonly number[], sizes: readonly number[]) =>
      reshape(transpose(reshape(x, [1, ...sizes, 2, 3]), axes), [1, 18, 2, 3]);
    const made = runGraph(
      {
        crd: depthToSpace(x, { block: 3 }),
        shuffle: pixelShuffle(x, 3),
        dcr: depthToSpace(moved([0, 2, 3, 1, 4, 5], [2, 3, 3]), { block: 3, order: 'dcr' }),
        transposed: depthToSpace(moved([0, 1, 3, 2, 4, 5], [2, 3, 3]), { block: 3, order: 'crd-transposed' }),
      },
      { x: counted(x) },
    );
    // dcr wants (i·r + j)·C + c: the channels' two parts the other way round.
    expect(made.dcr).toEqual(made.crd);
    expect(made.shuffle).toEqual(made.crd);
    expect(made.transposed).toEqual(made.crd);
  });

  it('for blocks of 1 change nothing', () => {
    const x = new GraphBuilder().input('x', f64(2, 3, 4, 5));
    expect(runGraph({ y: depthToSpace(x, { block: 1 }) }, { x: counted(x) }).y).toEqual(counted(x));
  });
});

it('pixelShuffle and pixelUnshuffle leave whatever stands before the channels', () => {
  const g = new GraphBuilder();
  const flat = g.input('flat', f64(8, 1, 3));
  const deep = g.input('deep', f64(2, 3, 8, 1, 3));
  expect(pixelShuffle(flat, 2).shape).toEqual([2, 2, 6]);
  expect(pixelShuffle(deep, 2).shape).toEqual([2, 3, 2, 2, 6]);
  const made = runGraph(
    { flat: pixelUnshuffle(pixelShuffle(flat, 2), 2), deep: pixelUnshuffle(pixelShuffle(deep, 2), 2) },
    { flat: counted(flat), deep: counted(deep) },
  );
  expect(made).toEqual({ flat: counted(flat), deep: counted(deep) });
});

it('a sub-pixel convolution is a transposed convolution with its kernels laid out in space', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(1, 2, 3, 4));
  // w[O·r², I, 1, 1]: every output of a block is its own mixture of one input pixel.
  const w = g.input('w', f64(12, 2, 1, 1));
  const kernels = depthToSpace(transpose(w, [1, 0, 2, 3]), { block: 2 });
  const made = runGraph(
    { shuffled: pixelShuffle(conv2d(x, w), 2), stamped: convTranspose2d(x, kernels, { stride: 2 }) },
    { x: counted(x), w: counted(w) },
  );
  expect(made.shuffled).toEqual(made.stamped);
});

it.each([
  ['shuffle/channels', (t: (...s: number[]) => Tensor) => depthToSpace(t(1, 6, 2, 2), { block: 2 })],
  ['shuffle/channels', (t: (...s: number[]) => Tensor) => pixelShuffle(t(6, 2, 2), 2)],
  ['shuffle/size', (t: (...s: number[]) => Tensor) => spaceToDepth(t(1, 2, 4, 3), { block: 2 })],
  ['shuffle/size', (t: (...s: number[]) => Tensor) => pixelUnshuffle(t(2, 3, 4), 2)],
  ['shuffle/rank', (t: (...s: number[]) => Tensor) => depthToSpace(t(1, 4), { block: 2 })],
  ['shuffle/rank', (t: (...s: number[]) => Tensor) => pixelShuffle(t(4, 4), 2)],
  ['option/axes', (t: (...s: number[]) => Tensor) => depthToSpace(t(1, 4, 1, 1), { block: [2] })],
  ['option/value', (t: (...s: number[]) => Tensor) => depthToSpace(t(1, 4, 1, 1), { block: 0 })],
  ['option/value', (t: (...s: number[]) => Tensor) => spaceToDepth(t(1, 4, 2, 2), { block: 2, order: 'rcd' as 'crd' })],
])('refuses with %s', (code, call) => {
  const g = new GraphBuilder();
  expect(() => call((...shape) => g.input('x', f64(...shape)))).toThrow(`${code}:`);
});
