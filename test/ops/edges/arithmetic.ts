import {
  add,
  batchNorm,
  clip,
  div,
  einsum,
  groupNorm,
  instanceNorm,
  layerNorm,
  lpNormalise,
  matmul,
  maximum,
  relu,
  sqrt,
} from '../../../src/ops/index.ts';
import { type Edge, edge, floats } from './edge.ts';

/** Element by element. */
export const pointwiseEdges: readonly Edge[] = [
  edge('add', 'no elements', { x: floats([0]), y: floats([1]) }, (t) => add(t.x!, t.y!), 'f64[0]{}; d_x {}; d_y {0}'),
  edge(
    'div',
    'by 0',
    { x: floats([2], [0, 1]), y: floats([2], [0, 0]) },
    (t) => div(t.x!, t.y!),
    'f64[2]{NaN, Infinity}; d_x {Infinity, Infinity}; d_y {NaN, -Infinity}',
  ),
  edge('relu', 'at 0', { x: floats([3], [-1, 0, 1]) }, (t) => relu(t.x!), 'f64[3]{0, 0, 1}; d_x {0, 0, 3}'),
  edge('sqrt', 'at 0', { x: floats([2], [0, 4]) }, (t) => sqrt(t.x!), 'f64[2]{0, 2}; d_x {0, 0.5}'),
  edge(
    'clip',
    'on both bounds',
    { x: floats([4], [-1, 0, 2, 3]) },
    (t) => clip(t.x!, 0, 2),
    'f64[4]{0, 0, 2, 2}; d_x {0, 2, 3, 0}',
  ),
  edge(
    'maximum',
    'a tie',
    { x: floats([1]), y: floats([1]) },
    (t) => maximum(t.x!, t.y!),
    'f64[1]{1}; d_x {1}; d_y {0}',
  ),
];

/** Products. */
export const productEdges: readonly Edge[] = [
  edge(
    'matmul',
    'nothing to sum over: zeros',
    { x: floats([2, 0]), y: floats([0, 2]) },
    (t) => matmul(t.x!, t.y!),
    'f64[2,2]{0, 0, 0, 0}; d_x {}; d_y {}',
  ),
  edge(
    'matmul',
    'no rows',
    { x: floats([0, 2]), y: floats([2, 3]) },
    (t) => matmul(t.x!, t.y!),
    'f64[0,3]{}; d_x {}; d_y {0, 0, 0, 0, 0, 0}',
  ),
  edge(
    'einsum',
    'nothing to sum over',
    { x: floats([2, 0]), y: floats([0, 2]) },
    (t) => einsum('ij,jk->ik', [t.x!, t.y!]),
    'f64[2,2]{0, 0, 0, 0}; d_x {}; d_y {}',
  ),
];

/** Norms. */
export const normEdges: readonly Edge[] = [
  edge(
    'batchNorm',
    'one element a channel: 0, slope 0',
    { x: floats([1, 2, 1]) },
    (t) => batchNorm(t.x!),
    'f64[1,2,1]{0, 0}; d_x {0, 0}',
  ),
  edge('batchNorm', 'no images', { x: floats([0, 2, 1]) }, (t) => batchNorm(t.x!), 'refused: mean/empty'),
  edge(
    'groupNorm',
    'one element a group',
    { x: floats([1, 2, 1]) },
    (t) => groupNorm(t.x!, { groups: 2 }),
    'f64[1,2,1]{0, 0}; d_x {0, 0}',
  ),
  edge(
    'instanceNorm',
    'one element a plane',
    { x: floats([1, 2, 1]) },
    (t) => instanceNorm(t.x!),
    'f64[1,2,1]{0, 0}; d_x {0, 0}',
  ),
  edge('layerNorm', 'an axis of no elements', { x: floats([2, 0]) }, (t) => layerNorm(t.x!), 'refused: mean/empty'),
  edge(
    'lpNormalise',
    'zeros stay',
    { x: floats([2], [0, 0]) },
    (t) => lpNormalise(t.x!, 0),
    'f64[2]{0, 0}; d_x {1000000000000, 2000000000000}',
  ),
];
