import type * as FastCheck from 'fast-check';
import type { Tensor } from '../../graph/tensor.ts';
import {
  adaptiveMaxPool2d,
  affineGrid,
  avgPool2d,
  constant,
  flip,
  type GridSampleOptions,
  gridSample,
  neg,
  type ResizeOptions,
  type RoiAlignOptions,
  resize2d,
  roiAlign,
  roiPool,
} from '../../ops/index.ts';
import { type Law, law, statement } from './law.ts';
import { readAt, sumOver, tabulate } from './places.ts';
import { totalSize } from './sizes.ts';

type Pair = readonly [number, number];

/** Powers of two, so that coordinates between −1 and 1 are exact. */
const dyadicSizes = (fc: typeof FastCheck): FastCheck.Arbitrary<Pair> =>
  fc.tuple(fc.constantFrom(1, 2, 4, 8), fc.constantFrom(1, 2, 4));

const sampled: (x: Tensor, grid: Tensor, options?: GridSampleOptions) => Tensor = gridSample;
const aligned: (x: Tensor, boxes: Tensor, options: RoiAlignOptions) => Tensor = roiAlign;
const resized: (x: Tensor, options: ResizeOptions) => Tensor = resize2d;

/** The centres of `size` equal parts of −1 … 1, as (x, y). */
const centres = (x: Tensor, size: Pair): Tensor =>
  constant(
    x.graph,
    { dtype: x.dtype, shape: [2, ...size, 2] },
    tabulate([2, ...size, 2], ([, i, j, axis]) => (2 * (axis === 0 ? j! : i!) + 1) / size[axis === 0 ? 1 : 0] - 1),
  ) as Tensor;

/** The box of the whole of both images; `inclusive` names its last elements. */
const wholeBoxes = (x: Tensor, [height, width]: Pair, inclusive = 0): Tensor =>
  constant(
    x.graph,
    { dtype: x.dtype, shape: [2, 5] },
    [0, 1].flatMap((image) => [image, 0, 0, width - inclusive, height - inclusive]),
  ) as Tensor;

const shapeOf = (size: Pair): number[] => [2, 2, ...size];

export const samplingLaws: readonly Law[] = [
  law({
    name: 'sampling: identity',
    about:
      'Sampling at the elements’ own places changes nothing; the identity’s affine grid holds them (operators.md 70).',
    ops: ['gridSample', 'affineGrid'],
    cases: (fc) =>
      fc.record({
        size: dyadicSizes(fc),
        mode: fc.constantFrom('bilinear', 'nearest', 'bicubic'),
        paddingMode: fc.constantFrom('zeros', 'border', 'reflection'),
      }),
    state: ({ size, ...options }) =>
      statement({ x: { shape: shapeOf(size) } }, ({ x }, g) => {
        const theta = constant(g, { dtype: x.dtype, shape: [2, 2, 3] }, [1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0]) as Tensor;
        const grid = affineGrid(theta, shapeOf(size)) as Tensor;
        return [
          { of: 'x', left: sampled(x, centres(x, size), options), right: x, wrt: ['x'] },
          { of: 'x by an affine grid', left: sampled(x, grid, options), right: x, wrt: ['x'] },
        ];
      }),
  }),
  law({
    name: 'sampling: turned',
    about: 'Sampling at the opposite places turns the plane round (operators.md 70).',
    ops: ['gridSample', 'flip'],
    cases: (fc) => fc.record({ size: dyadicSizes(fc) }),
    state: ({ size }) =>
      statement({ x: { shape: shapeOf(size) } }, ({ x }) => ({
        left: sampled(x, neg(centres(x, size)) as Tensor),
        right: flip(x, [2, 3]) as Tensor,
        wrt: ['x'],
      })),
  }),
  law({
    name: 'sampling: loops',
    about:
      'Bilinear sampling weighs the four elements around a place by nearness, with zeros or the border outside (operators.md 70).',
    ops: ['gridSample'],
    cases: (fc) =>
      fc.record({
        size: dyadicSizes(fc),
        to: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
        border: fc.boolean(),
      }),
    state: ({ size, to, border }) =>
      statement({ x: { shape: shapeOf(size) }, grid: { shape: [2, ...to, 2] } }, ({ x, grid }) => ({
        left: sampled(x, grid, { paddingMode: border ? 'border' : 'zeros' }),
        right: ({ x, grid }) =>
          tabulate([2, 2, ...to], ([n, c, ...at]) => {
            const position = size.map((length, axis) => {
              const p = ((readAt(grid!, [n!, ...at, 1 - axis]) + 1) * length - 1) / 2;
              return border ? Math.min(Math.max(p, 0), length - 1) : p;
            });
            const below = position.map(Math.floor);
            return sumOver([2, 2], (corner) => {
              const weights = corner.map((side, k) => Math.abs(1 - side - (position[k]! - below[k]!)));
              return weights[0]! * weights[1]! * readAt(x!, [n!, c!, ...corner.map((side, k) => below[k]! + side)]);
            });
          }),
      })),
  }),
  law({
    name: 'sampling: resizing',
    about:
      'Sampling at the centres of equal parts, border repeated, is bilinear resizing by half pixels (operators.md 17, 31).',
    ops: ['gridSample', 'resize2d'],
    cases: (fc) => fc.record({ size: dyadicSizes(fc), to: dyadicSizes(fc) }),
    state: ({ size, to }) =>
      statement({ x: { shape: shapeOf(size) } }, ({ x }) => ({
        left: sampled(x, centres(x, to), { paddingMode: 'border' }),
        right: resized(x, { size: to, mode: 'linear' }),
        wrt: ['x'],
      })),
  }),
  law({
    name: 'regions: means',
    about:
      'RoI align of a whole image, with as many samples as a bin has elements, is average pooling (operators.md 17).',
    ops: ['roiAlign', 'avgPool2d'],
    cases: (fc) => {
      const grid = fc.integer({ min: 1, max: 3 });
      return fc.record({ grid: fc.tuple(grid, grid), bin: fc.integer({ min: 1, max: 3 }) });
    },
    state: ({ grid, bin }) => {
      const size: Pair = [grid[0] * bin, grid[1] * bin];
      return statement({ x: { shape: shapeOf(size) } }, ({ x }) => {
        const left = aligned(x, wholeBoxes(x, size), { outputSize: grid, samplingRatio: bin, aligned: true });
        // Positions round, and where they pass an element its neighbour stands in with a weight as small.
        const bound = totalSize(x, left, 2 * Math.max(...size));
        return { left, right: avgPool2d(x, { kernel: bin }) as Tensor, wrt: ['x'], rounds: 64, size: bound };
      });
    },
  }),
  law({
    name: 'regions: resizing',
    about:
      'RoI align of a whole image with one sample a bin is bilinear resizing by half pixels (operators.md 17, 31).',
    ops: ['roiAlign', 'resize2d'],
    cases: (fc) => {
      const length = fc.integer({ min: 1, max: 6 });
      return fc.record({ size: fc.tuple(length, length), to: fc.tuple(length, length) });
    },
    state: ({ size, to }) =>
      statement({ x: { shape: shapeOf(size) } }, ({ x }) => {
        const left = aligned(x, wholeBoxes(x, size), { outputSize: to, samplingRatio: 1, aligned: true });
        const bound = totalSize(x, left, 2 * Math.max(...size));
        return { left, right: resized(x, { size: to, mode: 'linear' }), wrt: ['x'], rounds: 64, size: bound };
      }),
  }),
  law({
    name: 'regions: maxima',
    about: 'RoI pooling of a whole image is adaptive max pooling (operators.md 15, 16).',
    ops: ['roiPool', 'adaptiveMaxPool2d'],
    cases: (fc) => {
      const length = fc.integer({ min: 1, max: 6 });
      // Divisors that are powers of two leave the bins’ edges exact.
      return fc.record({
        size: fc.tuple(length, length),
        to: fc.tuple(fc.constantFrom(1, 2, 4), fc.constantFrom(1, 2, 4)),
      });
    },
    state: ({ size, to }) =>
      statement({ x: { shape: shapeOf(size), draw: { kind: 'distinct', offset: -9 } } }, ({ x }) => ({
        left: roiPool(x, wholeBoxes(x, size, 1), { outputSize: to }) as Tensor,
        right: adaptiveMaxPool2d(x, to) as Tensor,
        wrt: ['x'],
      })),
  }),
];
