import { describe, expect, it } from 'vitest';
import { gradcheck } from '../../../src/check/index.ts';
import type { Draw } from '../../../src/graph/op.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { f64 } from '../../../src/graph/type.ts';
import {
  add,
  affineGrid,
  concat,
  constant,
  deformConv2d,
  div,
  full,
  gridSample,
  psRoiAlign,
  psRoiPool,
  roiAlign,
  roiPool,
  sub,
} from '../../../src/ops/index.ts';
import type { Composite } from '../../conformance/composites.ts';

/** Positions inside cells, so that no stencil passes an element; images and weights may be anything. */
const inCells: Draw = { kind: 'between' };
const distinct: Draw = { kind: 'distinct' };

/** A grid of positions counted in elements of an image, whose sizes are powers of two, or one more with aligned corners. */
const gridOf = (cells: Tensor, size: number, alignCorners: boolean): Tensor =>
  alignCorners ? sub(div(cells, (size - 1) / 2), 1) : sub(div(add(cells, 0.5), size / 2), 1);

const gridCases = (['zeros', 'border', 'reflection'] as const).flatMap((paddingMode) =>
  [false, true].map((alignCorners): [string, Composite] => {
    const size = alignCorners ? 5 : 4;
    return [
      `gridSample, ${paddingMode}, ${alignCorners ? 'corners' : 'edges'}`,
      {
        types: { x: f64(1, 2, size, size), cells: f64(1, 2, 1, 2) },
        degree: { x: 1, cells: 2 },
        draw: { cells: inCells },
        dyadic: true,
        f: ({ x, cells }) => gridSample(x!, gridOf(cells!, size, alignCorners), { paddingMode, alignCorners }),
      },
    ];
  }),
);

/** Two boxes whose corners are `start`, in elements and half an element off, and whose sides are 8 + `stretch`. */
function boxesOf({ start, stretch }: { readonly [name: string]: Tensor }): Tensor {
  const low = add(start!, 0.5);
  const image = constant(low.graph, f64(2, 1), [1, 0]);
  return concat([image, low, add(add(low, 8), stretch!)], 1);
}
const boxed = { start: f64(2, 2), stretch: f64(2, 2) };
const boxDraws: { readonly [name: string]: Draw } = {
  start: inCells,
  stretch: { kind: 'range', low: -1 / 64, high: 1 / 64 },
};
const bilinear = { start: 2, stretch: 2 };
const sampled = { outputSize: 2, samplingRatio: 2 } as const;

/** One box, its edges each in a narrow range that keeps all samples inside cells. */
const oneBox = { x1: f64(1, 1), y1: f64(1, 1), x2: f64(1, 1), y2: f64(1, 1) };
const around = (low: number): Draw => ({ kind: 'range', low, high: low + 1 / 16 });
const oneBoxOf = ({ x1, y1, x2, y2 }: { readonly [name: string]: Tensor }): Tensor =>
  concat([full(x1!.graph, f64(1, 1), 0), x1!, y1!, x2!, y2!], 1);
// Adaptively 4 samples along 3.5 rows, at 0.77, 1.64, 2.52 and 3.39, and 2 along 1.6 columns, at 1.7 and 2.5.
const adaptive: { readonly [name: string]: Draw } = {
  y1: around(0.3),
  y2: around(3.8),
  x1: around(1.3),
  x2: around(2.9),
};
const linearEdges = { x: 1, x1: 1, y1: 1, x2: 1, y2: 1 };

const composites: { readonly [name: string]: Composite } = {
  ...Object.fromEntries(gridCases),
  'gridSample, nearest': {
    types: { x: f64(1, 2, 4, 4), cells: f64(1, 2, 2, 2) },
    degree: { x: 1, cells: 1 },
    draw: { cells: { kind: 'between', offset: 0.5 } },
    dyadic: true,
    f: ({ x, cells }) => gridSample(x!, gridOf(cells!, 4, false), { mode: 'nearest' }),
  },
  'gridSample, cubic along a line': {
    types: { x: f64(1, 2, 4), cells: f64(1, 3, 1) },
    degree: { x: 1, cells: 3 },
    draw: { cells: inCells },
    dyadic: true,
    f: ({ x, cells }) => gridSample(x!, gridOf(cells!, 4, false), { mode: 'bicubic', paddingMode: 'reflection' }),
  },
  'gridSample, bicubic': {
    types: { x: f64(1, 1, 4, 4), cells: f64(1, 1, 2, 2) },
    degree: { x: 1, cells: 6 },
    draw: { cells: inCells },
    f: ({ x, cells }) => gridSample(x!, gridOf(cells!, 4, false), { mode: 'bicubic' }),
  },
  'gridSample in three dimensions': {
    types: { x: f64(1, 1, 2, 2, 2), cells: f64(1, 1, 1, 2, 3) },
    degree: { x: 1, cells: 3 },
    draw: { cells: { kind: 'between', offset: 1 } },
    dyadic: true,
    f: ({ x, cells }) => gridSample(x!, gridOf(cells!, 2, false), { paddingMode: 'border' }),
  },
  affineGrid: {
    types: { theta: f64(2, 2, 3) },
    degree: { theta: 1 },
    f: ({ theta }) => affineGrid(theta!, [2, 1, 3, 2]),
  },
  'a spatial transformer': {
    types: { x: f64(1, 2, 4, 4), change: f64(1, 2, 3) },
    degree: { x: 1, change: 2 },
    draw: { change: { kind: 'range', low: -1 / 64, high: 1 / 64 } },
    f: ({ x, change }, g) => {
      const theta = add(constant(g, f64(1, 2, 3), [0.75, 0, 0.05, 0, 0.75, 0.06]), change!);
      return gridSample(x!, affineGrid(theta, [1, 2, 2, 2]));
    },
  },
  'deformConv2d, v1': {
    types: { x: f64(1, 1, 3, 4), w: f64(2, 1, 2, 2), offset: f64(1, 8, 2, 1), bias: f64(2) },
    degree: { x: 1, w: 1, offset: 2, bias: 1 },
    draw: { offset: inCells },
    dyadic: true,
    f: ({ x, w, offset, bias }) =>
      deformConv2d(x!, offset!, w!, {
        bias: bias!,
        stride: 2,
        padding: [
          [1, 0],
          [0, 0],
        ],
        dilation: [1, 2],
      }),
  },
  'deformConv2d, v2, groups and offset groups': {
    types: { x: f64(1, 4, 3, 3), w: f64(2, 2, 1, 2), offset: f64(1, 8, 2, 1), mask: f64(1, 4, 2, 1) },
    degree: { x: 1, w: 1, offset: 2, mask: 1 },
    draw: { offset: inCells },
    dyadic: true,
    f: ({ x, w, offset, mask }) =>
      deformConv2d(x!, offset!, w!, { mask: mask!, stride: [2, 3], padding: [[0, 1], 0], offsetOrder: 'xy' }),
  },
  'roiAlign to the boxes': {
    types: { x: f64(2, 2, 6, 7), ...boxed },
    degree: { x: 1, ...bilinear },
    draw: boxDraws,
    dyadic: true,
    f: ({ x, ...box }) => roiAlign(x!, boxesOf(box), { ...sampled, aligned: true }),
  },
  'roiAlign, adaptive': {
    types: { x: f64(1, 1, 5, 4), ...oneBox },
    degree: linearEdges,
    draw: adaptive,
    f: ({ x, ...box }) => roiAlign(x!, oneBoxOf(box), { outputSize: 1 }),
  },
  'roiAlign, maximum': {
    types: { x: f64(1, 1, 5, 4), ...oneBox },
    degree: linearEdges,
    draw: { x: distinct, ...adaptive },
    f: ({ x, ...box }) => roiAlign(x!, oneBoxOf(box), { outputSize: 1, mode: 'max' }),
  },
  'roiAlign, greatest tap': {
    types: { x: f64(1, 1, 5, 4), ...oneBox },
    degree: linearEdges,
    draw: { x: { kind: 'distinct', offset: 1 }, ...adaptive },
    f: ({ x, ...box }) => roiAlign(x!, oneBoxOf(box), { outputSize: 1, mode: 'max-tap' }),
  },
  'psRoiAlign to the boxes': {
    types: { x: f64(2, 4, 6, 7), ...boxed },
    degree: { x: 1, ...bilinear },
    draw: boxDraws,
    dyadic: true,
    f: ({ x, ...box }) => psRoiAlign(x!, boxesOf(box), sampled),
  },
  roiPool: {
    types: { x: f64(2, 2, 4, 5), edges: f64(3, 4) },
    degree: { x: 1, edges: 1 },
    draw: { x: distinct, edges: { kind: 'between', offset: 0.5 } },
    dyadic: true,
    f: ({ x, edges }) =>
      roiPool(x!, concat([constant(x!.graph, f64(3, 1), [1, 0, 1]), edges!], 1), { outputSize: [2, 3] }),
  },
  psRoiPool: {
    types: { x: f64(2, 4, 4, 5), edges: f64(3, 4) },
    degree: { x: 1, edges: 1 },
    draw: { edges: { kind: 'between', offset: 0.5 } },
    f: ({ x, edges }) =>
      psRoiPool(x!, concat([constant(x!.graph, f64(3, 1), [1, 0, 1]), edges!], 1), { outputSize: 2 }),
  },
};

describe('warping has right gradients, to order 3', () => {
  it.each(Object.entries(composites))('%s', (name, { types, f, ...options }) => {
    for (const seed of [1, 2, 3]) {
      const { exact, bounded, smooth } = gradcheck(f, { name, types, order: 3, ...options, seed }).expect();
      expect(exact + bounded).toBeGreaterThan(0);
      expect(smooth).toBe(0);
      if (options.dyadic === true) expect(bounded).toBe(0);
    }
  });
});
