import {
  argmax,
  cumulativeProduct,
  cumulativeSum,
  logSoftmax,
  logSumExp,
  max,
  mean,
  min,
  norm,
  prod,
  softmax,
  std,
  sum,
  variance,
} from '../../../src/ops/index.ts';
import { type Edge, edge, floats } from './edge.ts';

const none = { x: floats([0]) };
const rows = { x: floats([2, 0]) };

/** Reductions and running sums. */
export const reductionEdges: readonly Edge[] = [
  edge('sum', 'no elements', none, (t) => sum(t.x!), 'f64[]{0}; d_x {}'),
  edge('sum', 'an axis of no elements', rows, (t) => sum(t.x!, { axes: 1 }), 'f64[2]{0, 0}; d_x {}'),
  edge('prod', 'no elements', none, (t) => prod(t.x!), 'f64[]{1}; d_x {}'),
  edge('prod', 'one zero', { x: floats([3], [2, 0, 5]) }, (t) => prod(t.x!), 'f64[]{0}; d_x {0, 10, 0}'),
  edge('prod', 'two zeros', { x: floats([3], [0, 0, 5]) }, (t) => prod(t.x!), 'f64[]{0}; d_x {0, 0, 0}'),
  edge('mean', 'no elements', none, (t) => mean(t.x!), 'refused: mean/empty'),
  edge('max', 'no elements', none, (t) => max(t.x!), 'refused: argmax/empty'),
  edge('min', 'no elements', none, (t) => min(t.x!), 'refused: argmax/empty'),
  edge('argmax', 'no elements', none, (t) => argmax(t.x!, 0), 'refused: argmax/empty'),
  edge('logSumExp', 'no elements: log 0', none, (t) => logSumExp(t.x!), 'f64[]{-Infinity}; d_x {}'),
  edge(
    'logSumExp',
    '−Infinity alone',
    { x: floats([2], [-Infinity, -Infinity]) },
    (t) => logSumExp(t.x!),
    'f64[]{-Infinity}; d_x {NaN, NaN}',
  ),
  edge('norm', 'no elements', none, (t) => norm(t.x!), 'f64[]{0}; d_x {}'),
  edge('norm', 'zeros: slope 0', { x: floats([2], [0, 0]) }, (t) => norm(t.x!), 'f64[]{0}; d_x {0, 0}'),
  edge('variance', 'one element', { x: floats([1]) }, (t) => variance(t.x!), 'f64[]{0}; d_x {0}'),
  edge(
    'variance',
    'one element, corrected by 1: 0 / 0',
    { x: floats([1]) },
    (t) => variance(t.x!, { correction: 1 }),
    'refused: variance/count',
  ),
  edge('std', 'equal elements: slope 0', { x: floats([2], [3, 3]) }, (t) => std(t.x!), 'f64[]{0}; d_x {0, 0}'),
  edge('softmax', 'one element', { x: floats([1]) }, (t) => softmax(t.x!, 0), 'f64[1]{1}; d_x {0}'),
  edge('softmax', 'an axis of no elements', rows, (t) => softmax(t.x!, 1), 'f64[2,0]{}; d_x {}'),
  edge('logSoftmax', 'no rows', { x: floats([0, 2]) }, (t) => logSoftmax(t.x!, 1), 'f64[0,2]{}; d_x {}'),
  edge('cumulativeSum', 'no elements', none, (t) => cumulativeSum(t.x!, 0), 'f64[0]{}; d_x {}'),
  edge(
    'cumulativeSum, exclusive',
    'one element',
    { x: floats([1], [4]) },
    (t) => cumulativeSum(t.x!, 0, { exclusive: true }),
    'f64[1]{0}; d_x {0}',
  ),
  edge(
    'cumulativeProduct',
    'a zero',
    { x: floats([3], [2, 0, 5]) },
    (t) => cumulativeProduct(t.x!, 0),
    'f64[3]{2, 0, 0}; d_x {1, 34, 0}',
  ),
];
