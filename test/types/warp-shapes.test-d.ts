import { GraphBuilder } from '../../src/graph/builder.ts';
import { f64 } from '../../src/graph/type.ts';
import { affineGrid, deformConv2d, gridSample, psRoiAlign, roiAlign } from '../../src/ops/index.ts';
import type { AffineGridShape, GridSampleShape } from '../../src/ops/types/grid-sample-shape.ts';
import type { RegionShape, SensitiveShape } from '../../src/ops/types/region-shape.ts';
import { type Equal, type Expect, expectTypes } from './equal.ts';

type N = number;
type Any = readonly number[];

export type Grids = Expect<
  [
    Equal<GridSampleShape<[2, 3, 4, 5], [2, 6, 7, 2]>, [2, 3, 6, 7]>,
    Equal<GridSampleShape<[2, 3, 4, 5, 6], [2, 6, 7, 8, 3]>, [2, 3, 6, 7, 8]>,
    Equal<GridSampleShape<[N, 3, 4, 5], [2, 6, N, 2]>, [N, 3, 6, N]>,
    Equal<GridSampleShape<Any, [2, 6, 7, 2]>, Any>,
    Equal<
      GridSampleShape<[2, 3, 4, 5], [1, 6, 7, 2]>,
      'grid-sample/grid: the grid is [1,6,7,2]; to sample [2,3,4,5] it needs rank 4, with 2 as its first and 2 as its last size'
    >,
    Equal<
      GridSampleShape<[2, 3, 4, 5], [2, 6, 7, 3]>,
      'grid-sample/grid: the grid is [2,6,7,3]; to sample [2,3,4,5] it needs rank 4, with 2 as its first and 2 as its last size'
    >,
    Equal<
      GridSampleShape<[2, 3, 4], [2, 6, 7, 2]>,
      'grid-sample/grid: the grid is [2,6,7,2]; to sample [2,3,4] it needs rank 3, with 2 as its first and 1 as its last size'
    >,
    Equal<AffineGridShape<[2, 2, 3], [2, 1, 4, 5]>, [2, 4, 5, 2]>,
    Equal<AffineGridShape<[N, 3, 4], [2, 1, 4, 5, 6]>, [2, 4, 5, 6, 3]>,
    Equal<
      AffineGridShape<[2, 2, 3], [2, 1, 4, 5, 6]>,
      'affine-grid/theta: theta is [2,2,3]; for the size [2,1,4,5,6] it must be [2,3,4]'
    >,
  ]
>;

export type Regions = Expect<
  [
    Equal<RegionShape<[2, 3, 8, 9], [4, 5], 7>, [4, 3, 7, 7]>,
    Equal<RegionShape<[2, 3, 8, 9], [N, 5], readonly [2, 3]>, [N, 3, 2, 3]>,
    Equal<RegionShape<Any, [4, 5], 7>, Any>,
    Equal<RegionShape<[2, 3, 8], [4, 5], 7>, 'region/image: x is [2,3,8]; it needs rank 4'>,
    Equal<RegionShape<[2, 3, 8, 9], [4, 4], 7>, 'region/boxes: the boxes are [4,4], not [K,5]'>,
    Equal<SensitiveShape<[2, 18, 8, 9], [4, 5], 3>, [4, 2, 3, 3]>,
    Equal<SensitiveShape<[2, 12, 8, 9], [4, 5], readonly [2, 3]>, [4, 2, 2, 3]>,
  ]
>;

const g = new GraphBuilder();
const x = g.input('x', f64(2, 8, 16, 16));
const grid = affineGrid(g.input('theta', f64(2, 2, 3)), [2, 8, 4, 6]);
const sampled = gridSample(x, grid);
const boxes = g.input('boxes', f64(5, 5));
const aligned = roiAlign(x, boxes, { outputSize: [3, 4], samplingRatio: 2 });
const sensitive = psRoiAlign(x, boxes, { outputSize: 2 });
const deformed = deformConv2d(x, g.input('offset', f64(2, 18, 8, 8)), g.input('w', f64(6, 4, 3, 3)), {
  stride: 2,
  padding: 1,
});
expectTypes<
  [
    Equal<(typeof sampled)['shape'], [2, 8, 4, 6]>,
    Equal<(typeof aligned)['shape'], [5, 8, 3, 4]>,
    Equal<(typeof sensitive)['shape'], [5, 2, 2, 2]>,
    Equal<(typeof deformed)['shape'], [2, 6, 8, 8]>,
  ]
>();
// @ts-expect-error a grid for another batch
gridSample(x, g.input('grid', f64(3, 4, 6, 2)));
// @ts-expect-error boxes without their image
roiAlign(x, g.input('corners', f64(5, 4)), { outputSize: 2 });
