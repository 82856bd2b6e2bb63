import type { Tensor } from '../../../src/index.ts';
import { bce, crossEntropy, diceLoss, l1Loss, lovaszSoftmax, mse, nll } from '../../../src/ops/index.ts';
import { type Edge, edge, floats, ints } from './edge.ts';

type Indices = Tensor<readonly number[], 'i32'>;
const at = (...places: number[]) => ({ at: ints([places.length], places) });

/** Losses. */
export const lossEdges: readonly Edge[] = [
  edge(
    'crossEntropy',
    'no images: a mean of nothing',
    { x: floats([0, 2]), ...at() },
    (t) => crossEntropy(t.x!, t.at! as Indices),
    'refused: mean/empty',
  ),
  edge(
    'crossEntropy, sum',
    'no images',
    { x: floats([0, 2]), ...at() },
    (t) => crossEntropy(t.x!, t.at! as Indices, { reduction: 'sum' }),
    'f64[]{0}; d_x {}',
  ),
  edge(
    'crossEntropy',
    'all ignored: 0 / 0',
    { x: floats([1, 2]), ...at(0) },
    (t) => crossEntropy(t.x!, t.at! as Indices, { ignoreIndex: 0 }),
    'f64[]{NaN}; d_x {0, 0}',
  ),
  edge(
    'crossEntropy',
    'one class',
    { x: floats([2, 1]), ...at(0, 0) },
    (t) => crossEntropy(t.x!, t.at! as Indices),
    'f64[]{0}; d_x {0, 0}',
  ),
  edge(
    'crossEntropy',
    'a class that is not there',
    { x: floats([1, 2]), ...at(2) },
    (t) => crossEntropy(t.x!, t.at! as Indices),
    'refused: gather/position',
  ),
  edge(
    'nll',
    'all ignored',
    { x: floats([1, 2]), ...at(0) },
    (t) => nll(t.x!, t.at! as Indices, { ignoreIndex: 0 }),
    'f64[]{NaN}; d_x {0, 0}',
  ),
  edge('mse', 'no elements', { x: floats([0]), y: floats([0]) }, (t) => mse(t.x!, t.y!), 'refused: mean/empty'),
  edge(
    'l1Loss',
    'equal: slope 0',
    { x: floats([2]), y: floats([2]) },
    (t) => l1Loss(t.x!, t.y!),
    'f64[]{0}; d_x {0, 0}; d_y {0, 0}',
  ),
  edge(
    'bce',
    'certain and right',
    { x: floats([2], [0, 1]), y: floats([2], [0, 1]) },
    (t) => bce(t.x!, t.y!),
    'f64[]{0}; d_x {0.5, -0.5}; d_y {50, -50}',
  ),
  edge(
    'bce',
    'certain and wrong',
    { x: floats([2], [0, 1]), y: floats([2], [1, 0]) },
    (t) => bce(t.x!, t.y!),
    'f64[]{100}; d_x {0, 0}; d_y {50, -50}',
  ),
  edge(
    'diceLoss',
    'one pixel',
    { x: floats([1, 2, 1], [0, 0]), at: ints([1, 1], [1]) },
    (t) => diceLoss(t.x!, t.at! as Indices),
    'f64[]{0.2667}; d_x {0.1156, -0.1156}',
  ),
  edge(
    'lovaszSoftmax',
    'equal errors',
    { x: floats([1, 2, 2], [0, 0, 0, 0]), at: ints([1, 2], [0, 1]) },
    (t) => lovaszSoftmax(t.x!, t.at! as Indices),
    'f64[]{0.5}; d_x {-0.1875, 0.0625, 0.1875, -0.0625}',
  ),
];
