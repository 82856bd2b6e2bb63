import { affineGrid, deformConv2d, gridSample, sample } from '../../../src/ops/index.ts';
import { type Edge, edge, floats } from './edge.ts';

const line = (...values: number[]) => ({ x: floats([1, 1, values.length], values) });
const grid = (...places: number[]) => ({ grid: floats([1, places.length, 1], places) });
const positions = (...places: number[]) => ({ p: floats([1, 1, places.length], places) });
const square = { x: floats([1, 1, 3, 3]) };
const shifts = (y: number, x: number) => ({ offset: floats([1, 2, 1, 1], [y, x]), w: floats([1, 1, 1, 1], [1]) });
const one = { x: floats([1, 1, 1, 1], [4]) };

const linear = { axes: [{ kernel: 'linear', order: 0, outside: 'zero' }] } as const;
const cubic = { axes: [{ kernel: { cubic: -0.75 }, order: 0, outside: 'zero' }] } as const;

/** Sampling, grids and deformable convolution. */
export const warpingEdges: readonly Edge[] = [
  edge(
    'sample, linear',
    'whole positions: the right derivative',
    { ...line(1, 3, 9), ...positions(0, 1, 2) },
    (t) => sample(t.x!, t.p!, linear),
    'f64[1,1,3]{1, 3, 9}; d_x {1, 2, 3}; d_p {2, 12, -27}',
  ),
  edge(
    'sample, linear',
    'borders: −1 and 3 are outside',
    { ...line(1, 3, 9), ...positions(-1, 3) },
    (t) => sample(t.x!, t.p!, linear),
    'f64[1,1,2]{0, 0}; d_x {0, 0, 0}; d_p {0, 0}',
  ),
  edge(
    'sample, linear',
    'one position twice',
    { ...line(1, 3, 9), ...positions(0.5, 0.5) },
    (t) => sample(t.x!, t.p!, linear),
    'f64[1,1,2]{2, 2}; d_x {1.5, 1.5, 0}; d_p {2, 4}',
  ),
  edge(
    'sample, linear',
    'no positions',
    { ...line(1, 3, 9), p: floats([1, 1, 0]) },
    (t) => sample(t.x!, t.p!, linear),
    'f64[1,1,0]{}; d_x {0, 0, 0}; d_p {}',
  ),
  edge(
    'sample, cubic',
    'whole positions: smooth',
    { ...line(1, 3, 9), ...positions(0, 1, 2) },
    (t) => sample(t.x!, t.p!, cubic),
    'f64[1,1,3]{1, 3, 9}; d_x {1, 2, 3}; d_p {2.25, 12, -6.75}',
  ),
  edge(
    'sample, cubic',
    'borders: −2 and 4 are outside',
    { ...line(1, 3, 9), ...positions(-2, 4) },
    (t) => sample(t.x!, t.p!, cubic),
    'f64[1,1,2]{0, 0}; d_x {0, 0, 0}; d_p {0, 0}',
  ),
  edge(
    'gridSample, zeros, corners',
    '−1, 0 and 1: whole positions',
    { ...line(1, 3, 9), ...grid(-1, 0, 1) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'zeros', alignCorners: true }),
    'f64[1,1,3]{1, 3, 9}; d_x {1, 2, 3}; d_grid {2, 12, -27}',
  ),
  edge(
    'gridSample, zeros',
    '−1 and 1: the outer edges',
    { ...line(1, 3, 9), ...grid(-1, 1) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'zeros' }),
    'f64[1,1,2]{0.5, 4.5}; d_x {0.5, 0, 1}; d_grid {1.5, -27}',
  ),
  edge(
    'gridSample, zeros',
    'far outside',
    { ...line(1, 3, 9), ...grid(-5, 5) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'zeros' }),
    'f64[1,1,2]{0, 0}; d_x {0, 0, 0}; d_grid {0, 0}',
  ),
  edge(
    'gridSample, zeros',
    'one element',
    { ...line(4), ...grid(-0.5, 0.5) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'zeros' }),
    'f64[1,1,2]{3, 3}; d_x {2.25}; d_grid {2, -4}',
  ),
  edge(
    'gridSample, border, corners',
    '−1, 0 and 1: whole positions',
    { ...line(1, 3, 9), ...grid(-1, 0, 1) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'border', alignCorners: true }),
    'f64[1,1,3]{1, 3, 9}; d_x {1, 2, 3}; d_grid {2, 12, 0}',
  ),
  edge(
    'gridSample, border',
    '−1 and 1: the outer edges',
    { ...line(1, 3, 9), ...grid(-1, 1) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'border' }),
    'f64[1,1,2]{1, 9}; d_x {1, 0, 2}; d_grid {0, 0}',
  ),
  edge(
    'gridSample, border',
    'far outside',
    { ...line(1, 3, 9), ...grid(-5, 5) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'border' }),
    'f64[1,1,2]{1, 9}; d_x {1, 0, 2}; d_grid {0, 0}',
  ),
  edge(
    'gridSample, border',
    'one element',
    { ...line(4), ...grid(-0.5, 0.5) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'border' }),
    'f64[1,1,2]{4, 4}; d_x {3}; d_grid {0, 0}',
  ),
  edge(
    'gridSample, reflection, corners',
    '−1, 0 and 1: whole positions',
    { ...line(1, 3, 9), ...grid(-1, 0, 1) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'reflection', alignCorners: true }),
    'f64[1,1,3]{1, 3, 9}; d_x {1, 2, 3}; d_grid {2, 12, -18}',
  ),
  edge(
    'gridSample, reflection',
    '−1 and 1: the outer edges',
    { ...line(1, 3, 9), ...grid(-1, 1) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'reflection' }),
    'f64[1,1,2]{1, 9}; d_x {1, 0, 2}; d_grid {0, 0}',
  ),
  edge(
    'gridSample, reflection',
    'far outside',
    { ...line(1, 3, 9), ...grid(-5, 5) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'reflection' }),
    'f64[1,1,2]{1, 9}; d_x {1, 0, 2}; d_grid {0, 0}',
  ),
  edge(
    'gridSample, reflection',
    'one element',
    { ...line(4), ...grid(-0.5, 0.5) },
    (t) => gridSample(t.x!, t.grid!, { paddingMode: 'reflection' }),
    'f64[1,1,2]{4, 4}; d_x {3}; d_grid {0, 0}',
  ),
  edge(
    'gridSample, nearest',
    'halfway: to the even one',
    { ...line(1, 3, 9), ...grid(-0.5, 0.5) },
    (t) => gridSample(t.x!, t.grid!, { mode: 'nearest', alignCorners: true }),
    'f64[1,1,2]{1, 9}; d_x {1, 0, 2}; d_grid {0, 0}',
  ),
  edge(
    'gridSample',
    'an empty line',
    { x: floats([1, 1, 0]), ...grid(0) },
    (t) => gridSample(t.x!, t.grid!),
    'f64[1,1,1]{0}; d_x {}; d_grid {0}',
  ),
  edge(
    'affineGrid, corners',
    'one element: its centre',
    { t: floats([1, 2, 3]) },
    (t) => affineGrid(t.t!, [1, 1, 1, 1], { alignCorners: true }),
    'f64[1,1,1,2]{3, 6}; d_t {0, 0, 1, 0, 0, 2}',
  ),
  edge(
    'deformConv2d',
    'whole positions',
    { ...square, ...shifts(0, 1) },
    (t) => deformConv2d(t.x!, t.offset!, t.w!, { stride: 3 }),
    'f64[1,1,1,1]{2}; d_x {0, 1, 0, 0, 0, 0, 0, 0, 0}; d_offset {3, 1}; d_w {2}',
  ),
  edge(
    'deformConv2d',
    'exactly −1',
    { ...square, ...shifts(-1, 0) },
    (t) => deformConv2d(t.x!, t.offset!, t.w!, { stride: 3 }),
    'f64[1,1,1,1]{0}; d_x {all 0}; d_offset {0, 0}; d_w {0}',
  ),
  edge(
    'deformConv2d',
    'exactly the size',
    { ...square, ...shifts(0, 3) },
    (t) => deformConv2d(t.x!, t.offset!, t.w!, { stride: 3 }),
    'f64[1,1,1,1]{0}; d_x {all 0}; d_offset {0, 0}; d_w {0}',
  ),
  edge(
    'deformConv2d',
    'the last row and column',
    { ...square, ...shifts(2, 2) },
    (t) => deformConv2d(t.x!, t.offset!, t.w!, { stride: 3 }),
    'f64[1,1,1,1]{9}; d_x {0, 0, 0, 0, 0, 0, 0, 0, 1}; d_offset {-9, -9}; d_w {9}',
  ),
  edge(
    'deformConv2d',
    'negative padding',
    { ...square, ...shifts(0, 0) },
    (t) => deformConv2d(t.x!, t.offset!, t.w!, { padding: -1 }),
    'f64[1,1,1,1]{5}; d_x {0, 0, 0, 0, 1, 0, 0, 0, 0}; d_offset {3, 1}; d_w {5}',
  ),
  edge(
    'deformConv2d',
    'taps wholly in padding',
    { ...one, offset: floats([1, 2, 3, 3], Array(18).fill(0)), w: floats([1, 1, 1, 1], [1]) },
    (t) => deformConv2d(t.x!, t.offset!, t.w!, { padding: 1 }),
    'f64[1,1,3,3]{0, 0, 0, 0, 4, 0, 0, 0, 0}; d_x {5}; d_offset {0, 0, 0, 0, -20, 0, 0, 0, 0, 0, 0, 0, …}; d_w {20}',
  ),
];
