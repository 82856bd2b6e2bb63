import type { Tensor } from '../../../src/index.ts';
import {
  gather,
  gatherElements,
  gatherNd,
  keepOne,
  oneHot,
  scatter,
  scatterElements,
  scatterNd,
  sort,
  take,
  topK,
} from '../../../src/ops/index.ts';
import { type Edge, edge, floats, ints } from './edge.ts';

type Indices = Tensor<readonly number[], 'i32'>;
const none = { x: floats([0]) };
const three = { x: floats([3], [2, 3, 5]) };
const at = (...places: number[]) => ({ at: ints([places.length], places) });

/** Elements by index. */
export const indexEdges: readonly Edge[] = [
  edge(
    'gather',
    '−1: 0, without gradient',
    { x: floats([1, 3], [2, 3, 5]), at: ints([1, 3], [-1, 2, 2]) },
    (t) => gather({ x: t.x!, at: t.at! }, { batch: 1 }),
    'f64[1,3]{0, 5, 5}; d_x {0, 0, 5}',
  ),
  edge(
    'gather',
    'outside',
    { x: floats([1, 3]), at: ints([1, 1], [3]) },
    (t) => gather({ x: t.x!, at: t.at! }, { batch: 1 }),
    'refused: gather/position',
  ),
  edge(
    'scatter',
    'a position twice: the sum; −1: dropped',
    { x: floats([1, 3], [2, 3, 5]), at: ints([1, 3], [1, 1, -1]) },
    (t) => scatter({ x: t.x!, at: t.at! }, { batch: 1, shape: [2] }),
    'f64[1,2]{0, 5}; d_x {2, 2, 0}',
  ),
  edge(
    'keepOne, last',
    'a position twice',
    { x: floats([1, 3], [2, 3, 5]), at: ints([1, 3], [1, 1, 0]) },
    (t) => ({ at: keepOne(t.x!, t.at!, { batch: 1, rule: 'last' }) }),
    'i32[1,3]{-1, 1, 0}',
  ),
  edge(
    'take',
    'an index twice',
    { ...three, ...at(1, 1) },
    (t) => take(t.x!, t.at! as Indices, 0),
    'f64[2]{3, 3}; d_x {0, 3, 0}',
  ),
  edge(
    'take',
    'from the end',
    { ...three, ...at(-1) },
    (t) => take(t.x!, t.at! as Indices, 0),
    'f64[1]{5}; d_x {0, 0, 1}',
  ),
  edge('take', 'outside', { ...three, ...at(3) }, (t) => take(t.x!, t.at! as Indices, 0), 'refused: gather/position'),
  edge('take', 'no indices', { ...three, ...at() }, (t) => take(t.x!, t.at! as Indices, 0), 'f64[0]{}; d_x {0, 0, 0}'),
  edge(
    'gatherElements',
    'an index twice',
    { ...three, ...at(2, 2) },
    (t) => gatherElements(t.x!, t.at! as Indices, 0),
    'f64[2]{5, 5}; d_x {0, 0, 3}',
  ),
  edge(
    'gatherNd',
    'no tuples',
    { ...three, at: ints([0, 1], []) },
    (t) => gatherNd(t.x!, t.at! as Indices),
    'f64[0]{}; d_x {0, 0, 0}',
  ),
  edge(
    'scatterElements, none',
    'an index twice',
    { ...three, ...at(1, 1), v: floats([2], [7, 11]) },
    (t) => scatterElements(t.x!, t.at! as Indices, t.v!, { axis: 0, reduction: 'none' }),
    'f64[3]{2, 11, 5}; d_x {1, 0, 3}; d_v {0, 2}',
  ),
  edge(
    'scatterElements, add',
    'an index twice',
    { ...three, ...at(1, 1), v: floats([2], [7, 11]) },
    (t) => scatterElements(t.x!, t.at! as Indices, t.v!, { axis: 0, reduction: 'add' }),
    'f64[3]{2, 21, 5}; d_x {1, 2, 3}; d_v {2, 2}',
  ),
  edge(
    'scatterElements, mul',
    'an index twice',
    { ...three, ...at(1, 1), v: floats([2], [7, 11]) },
    (t) => scatterElements(t.x!, t.at! as Indices, t.v!, { axis: 0, reduction: 'mul' }),
    'f64[3]{2, 231, 5}; d_x {1, 154, 3}; d_v {66, 42}',
  ),
  edge(
    'scatterElements, max',
    'an index twice',
    { ...three, ...at(1, 1), v: floats([2], [7, 11]) },
    (t) => scatterElements(t.x!, t.at! as Indices, t.v!, { axis: 0, reduction: 'max' }),
    'f64[3]{2, 11, 5}; d_x {1, 0, 3}; d_v {0, 2}',
  ),
  edge(
    'scatterElements, min',
    'an index twice',
    { ...three, ...at(1, 1), v: floats([2], [7, 11]) },
    (t) => scatterElements(t.x!, t.at! as Indices, t.v!, { axis: 0, reduction: 'min' }),
    'f64[3]{2, 3, 5}; d_x {1, 2, 3}; d_v {0, 0}',
  ),
  edge(
    'scatterElements, mean',
    'an index twice',
    { ...three, ...at(1, 1), v: floats([2], [7, 11]) },
    (t) => scatterElements(t.x!, t.at! as Indices, t.v!, { axis: 0, reduction: 'mean' }),
    'f64[3]{2, 7, 5}; d_x {1, 0.6667, 3}; d_v {0.6667, 0.6667}',
  ),
  edge(
    'scatterNd',
    'no tuples',
    { ...three, at: ints([0, 1], []), v: floats([0]) },
    (t) => scatterNd(t.x!, t.at! as Indices, t.v!),
    'f64[3]{2, 3, 5}; d_x {1, 2, 3}; d_v {}',
  ),
  edge('topK', 'none', three, (t) => topK(t.x!, 0), 'values f64[0]{}; indices i32[0]{}; d_x {0, 0, 0}'),
  edge(
    'topK',
    'equal ones: the first',
    { x: floats([3], [4, 4, 4]) },
    (t) => topK(t.x!, 2),
    'values f64[2]{4, 4}; indices i32[2]{0, 1}; d_x {1, 2, 0}',
  ),
  edge('sort', 'no elements', none, (t) => sort(t.x!, 0), 'values f64[0]{}; indices i32[0]{}; d_x {}'),
  edge(
    'oneHot',
    'a class that is not there: zeros',
    at(3, -1),
    (t) => oneHot(t.at! as Indices, 2, 'f64'),
    'f64[2,2]{0, 0, 0, 0}',
  ),
];
