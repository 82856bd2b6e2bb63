import type { Tensor } from '../../../src/index.ts';
import { avgUnpool1d, fold, maxUnpool1d, unfold } from '../../../src/ops/index.ts';
import { type Edge, edge, floats, ints } from './edge.ts';

const line = (...values: number[]) => ({ x: floats([1, 1, values.length], values) });
const unpool = (values: number[], at: number[]) => ({
  y: floats([1, 1, values.length], values),
  at: ints([1, 1, at.length], at),
});
type Indices = Tensor<readonly number[], 'i32'>;

/** Unpooling and patches. */
export const unpoolingEdges: readonly Edge[] = [
  edge(
    'maxUnpool1d, sum',
    'a position twice',
    unpool([4, 3], [1, 1]),
    (t) => maxUnpool1d(t.y!, t.at! as Indices, { kernel: 2, onDuplicate: 'sum' }),
    'f64[1,1,4]{0, 7, 0, 0}; d_y {2, 2}',
  ),
  edge(
    'maxUnpool1d, last',
    'a position twice',
    unpool([4, 3], [1, 1]),
    (t) => maxUnpool1d(t.y!, t.at! as Indices, { kernel: 2, onDuplicate: 'last' }),
    'f64[1,1,4]{0, 3, 0, 0}; d_y {0, 2}',
  ),
  edge(
    'maxUnpool1d, max',
    'a position twice',
    unpool([4, 3], [1, 1]),
    (t) => maxUnpool1d(t.y!, t.at! as Indices, { kernel: 2, onDuplicate: 'max' }),
    'f64[1,1,4]{0, 4, 0, 0}; d_y {2, 0}',
  ),
  edge(
    'maxUnpool1d, error',
    'a position twice',
    unpool([4, 3], [1, 1]),
    (t) => maxUnpool1d(t.y!, t.at! as Indices, { kernel: 2, onDuplicate: 'error' }),
    'refused: keep-one/shared',
  ),
  edge(
    'maxUnpool1d',
    '−1, as pooling gives for padding alone',
    unpool([4, 3], [-1, 2]),
    (t) => maxUnpool1d(t.y!, t.at! as Indices, { kernel: 2 }),
    'f64[1,1,4]{0, 0, 3, 0}; d_y {0, 3}',
  ),
  edge(
    'maxUnpool1d',
    'a position outside the plane',
    unpool([4, 3], [0, 4]),
    (t) => maxUnpool1d(t.y!, t.at! as Indices, { kernel: 2 }),
    'refused: gather/position',
  ),
  edge(
    'maxUnpool1d',
    'holes',
    unpool([4, 3], [0, 4]),
    (t) => maxUnpool1d(t.y!, t.at! as Indices, { kernel: 2, stride: 3 }),
    'f64[1,1,5]{4, 0, 0, 0, 3}; d_y {1, 5}',
  ),
  edge(
    'maxUnpool1d',
    'no images',
    { y: floats([0, 1, 2]), at: ints([0, 1, 2], []) },
    (t) => maxUnpool1d(t.y!, t.at! as Indices, { kernel: 2 }),
    'f64[0,1,4]{}; d_y {}',
  ),
  edge(
    'avgUnpool1d, copy',
    'holes stay zero',
    { y: floats([1, 1, 2]) },
    (t) => avgUnpool1d(t.y!, { kernel: 2, stride: 3 }),
    'f64[1,1,5]{1, 1, 0, 2, 2}; d_y {3, 9}',
  ),
  edge(
    'avgUnpool1d, adjoint',
    'holes stay zero',
    { y: floats([1, 1, 2]) },
    (t) => avgUnpool1d(t.y!, { kernel: 2, stride: 3, mode: 'adjoint' }),
    'f64[1,1,5]{0.5, 0.5, 0, 1, 1}; d_y {1.5, 4.5}',
  ),
  edge(
    'unfold',
    'stride larger than the window',
    line(1, 2, 3, 4),
    (t) => unfold(t.x!, { kernel: 1, stride: 3 }),
    'f64[1,1,2]{1, 4}; d_x {1, 0, 0, 2}',
  ),
  edge(
    'unfold',
    'patches wholly in padding',
    line(5),
    (t) => unfold(t.x!, { kernel: 1, padding: 1 }),
    'f64[1,1,3]{0, 5, 0}; d_x {2}',
  ),
  edge(
    'unfold',
    'negative padding',
    line(9, 1, 2, 9),
    (t) => unfold(t.x!, { kernel: 2, padding: -1 }),
    'f64[1,2,1]{1, 2}; d_x {0, 1, 2, 0}',
  ),
  edge(
    'fold',
    'holes',
    { x: floats([1, 1, 2]) },
    (t) => fold(t.x!, { size: [4], kernel: 1, stride: 3 }),
    'f64[1,1,4]{1, 0, 0, 2}; d_x {1, 4}',
  ),
  edge(
    'fold, mean',
    'holes: a mean of nothing is 0',
    { x: floats([1, 1, 2]) },
    (t) => fold(t.x!, { size: [4], kernel: 1, stride: 3, overlap: 'mean' }),
    'f64[1,1,4]{1, 0, 0, 2}; d_x {1, 4}',
  ),
  edge(
    'fold',
    'patches wholly in padding are dropped',
    { x: floats([1, 1, 3]) },
    (t) => fold(t.x!, { size: [1], kernel: 1, padding: 1 }),
    'f64[1,1,1]{2}; d_x {0, 1, 0}',
  ),
];
