import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPoint } from '../../../src/check/draw.ts';
import { Random } from '../../../src/check/random.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array, type NdArray } from '../../../src/graph/nd-array.ts';
import type { Shape } from '../../../src/graph/shape.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { f32, f64, type Type } from '../../../src/graph/type.ts';
import { affineGrid, flip, type GridSampleOptions, gridSample, resize2d } from '../../../src/ops/index.ts';
import { runGraph } from '../run-graph.ts';

const values = (type: Type, seed: number, name: string): NdArray =>
  drawPoint(type, { kind: 'dyadic' }, new Random(seed, name));

const modes = ['nearest', 'bilinear', 'bicubic'] as const;
const paddings = ['zeros', 'border', 'reflection'] as const;

/** x read through one affine map per image, and what `reference` makes of x. */
function through(
  theta: readonly number[],
  x: NdArray,
  size: Shape,
  options: GridSampleOptions,
  reference: (x: Tensor) => Tensor,
) {
  const g = new GraphBuilder();
  const [image, axes] = [g.input('x', x), x.shape.length - 2];
  const maps = array(f64(x.shape[0]!, axes, axes + 1), new Array<readonly number[]>(x.shape[0]!).fill(theta).flat());
  const grid = affineGrid(g.input('theta', maps), size, options);
  return runGraph({ y: gridSample(image, grid, options), expected: reference(image) }, { x, theta: maps });
}

const close = (a: NdArray, b: NdArray, digits = 12) => {
  expect(a.shape).toEqual(b.shape);
  for (const [i, v] of b.data.entries()) expect(a.data[i]).toBeCloseTo(v, digits);
};

describe('gridSample', () => {
  it('gives x itself through the identity, in every mode and dimension', () => {
    const identities = { 1: [1, 0], 2: [1, 0, 0, 0, 1, 0], 3: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] } as const;
    for (const [axes, theta] of Object.entries(identities))
      for (const mode of modes)
        for (const paddingMode of paddings)
          for (const alignCorners of [false, true]) {
            const shape = [2, 2, ...[4, 5, 3].slice(0, Number(axes))];
            const x = values(f64(...shape), 1, mode);
            const { y, expected } = through(theta, x, shape, { mode, paddingMode, alignCorners }, (t) => t);
            close(y, expected);
          }
  });

  it('turns x round where the map does', () => {
    const x = values(f64(1, 2, 3, 4), 2, 'x');
    const { y, expected } = through([-1, 0, 0, 0, 1, 0], x, x.shape, {}, (t) => flip(t, 3));
    close(y, expected);
  });

  it('enlarges as resizing does', () =>
    fc.assert(
      fc.property(
        fc.tuple(...[1, 1, 1, 1].map((min) => fc.integer({ min, max: 6 }))),
        fc.boolean(),
        ([h, w, H, W], align) => {
          const x = values(f64(1, 1, h!, w!), 3, 'x');
          // One pixel at both ends is its centre for the grid, the first end for resizing.
          const size = [align && H === 1 ? 2 : H!, align && W === 1 ? 2 : W!];
          const options = { alignCorners: align, paddingMode: 'border' } as const;
          const coordinates = align ? 'align_corners' : 'half_pixel';
          const { y, expected } = through([1, 0, 0, 0, 1, 0], x, [1, 1, ...size], options, (t) =>
            resize2d(t, { size, mode: 'linear', coordinates }),
          );
          close(y, expected);
        },
      ),
      { numRuns: 60 },
    ));

  it('reproduces quadratics by cubic interpolation with slope −1/2', () => {
    const g = new GraphBuilder();
    const line = Array.from({ length: 8 }, (_, i) => (i - 3) ** 2);
    const feeds = { x: array(f64(1, 1, 8), line), grid: array(f64(1, 3, 1), [-0.3, 0.1, 0.37]) };
    const options = { mode: 'bicubic', cubic: -0.5 } as const;
    const { y } = runGraph({ y: gridSample(g.input('x', feeds.x), g.input('grid', feeds.grid), options) }, feeds);
    close(
      y,
      array(
        f64(1, 1, 3),
        Array.from(feeds.grid.data, (v) => ((v + 1) * 4 - 0.5 - 3) ** 2),
      ),
    );
  });

  it('reads exactly on elements and borders', () => {
    const at = (grid: readonly number[], options: GridSampleOptions) => {
      const g = new GraphBuilder();
      const feeds = { x: array(f64(1, 1, 4), [1, 2, 3, 4]), grid: array(f64(1, grid.length, 1), grid) };
      const y = gridSample(g.input('x', feeds.x), g.input('grid', feeds.grid), options);
      return Array.from(runGraph({ y }, feeds).y.data);
    };
    // Outer edges and centres of the end elements, and one element outside.
    expect(at([-1, 1, -0.75, 0.75, -1.25, 1.25], {})).toEqual([0.5, 2, 1, 4, 0, 0]);
    expect(at([-1, 1, -5 / 3], { alignCorners: true })).toEqual([1, 4, 0]);
    expect(at([-1, 1, -7, 7], { paddingMode: 'border' })).toEqual([1, 4, 1, 4]);
    expect(at([-1.25, 1.25, -1.75], { paddingMode: 'reflection' })).toEqual([1, 4, 2]);
    expect(at([-1, 1, -0.5, 0.5], { mode: 'nearest' })).toEqual([1, 0, 1, 3]);
  });

  it('works on images of one pixel, empty batches, no channels and empty grids', () => {
    for (const [images, channels, points] of [
      [1, 1, 2],
      [0, 2, 3],
      [2, 0, 3],
      [1, 2, 0],
    ] as const)
      for (const alignCorners of [false, true])
        for (const paddingMode of paddings) {
          const g = new GraphBuilder();
          const feeds = { x: array(f32(images, channels, 1, 1)), grid: array(f32(images, 1, points, 2)) };
          feeds.x.data.fill(3);
          const options = { alignCorners, paddingMode };
          const { y } = runGraph({ y: gridSample(g.input('x', feeds.x), g.input('grid', feeds.grid), options) }, feeds);
          expect(y.shape).toEqual([images, channels, 1, points]);
          expect(Array.from(y.data).every((v) => v === 3)).toBe(true);
        }
  });

  it('refuses what does not fit', () => {
    const g = new GraphBuilder();
    const x: Tensor = g.input('x', f64(2, 3, 4, 5));
    const grid: Tensor = g.input('grid', f64(2, 6, 7, 2));
    for (const [i, shape] of [
      [1, 6, 7, 2],
      [2, 6, 7, 3],
      [2, 6, 2],
    ].entries())
      expect(() => gridSample(x, g.input(`g${i}`, f64(...shape)) as Tensor)).toThrow('grid-sample/grid');
    expect(() => gridSample(x, grid, { mode: 'linear' as 'bilinear' })).toThrow('grid-sample/options');
    expect(() => gridSample(x, grid, { paddingMode: 'reflect' as 'border' })).toThrow('grid-sample/options');
    const theta: Tensor = g.input('theta', f64(2, 2, 3));
    expect(() => affineGrid(theta, [3, 1, 4, 5])).toThrow(
      'affine-grid/theta: theta is [2,2,3]; for the size [3,1,4,5]',
    );
    expect(() => affineGrid(theta, [2, 1, 4, 5, 6])).toThrow('[2,3,4]');
  });
});
