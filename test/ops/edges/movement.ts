import { concat, range, roll, slice, split, stack, tile } from '../../../src/ops/index.ts';
import { type Edge, edge, floats } from './edge.ts';

const none = { x: floats([0]) };
const three = { x: floats([3], [2, 3, 5]) };

/** Movement. */
export const movementEdges: readonly Edge[] = [
  edge(
    'concat',
    'with no elements',
    { x: floats([0]), y: floats([2]) },
    (t) => concat([t.x!, t.y!], 0),
    'f64[2]{1, 2}; d_x {}; d_y {1, 2}',
  ),
  edge('stack', 'of no elements', none, (t) => stack([t.x!, t.x!], 0), 'f64[2,0]{}; d_x {}'),
  edge(
    'split',
    'a part of no elements',
    { x: floats([2]) },
    (t) => split(t.x!, [0, 2], 0),
    'y0 f64[0]{}; y1 f64[2]{1, 2}; d_x {0, 0}',
  ),
  edge('slice', 'nothing', three, (t) => slice(t.x!, { starts: [2], limits: [2] }), 'f64[0]{}; d_x {0, 0, 0}'),
  edge('roll', 'further than x is long', three, (t) => roll(t.x!, 7, 0), 'f64[3]{5, 2, 3}; d_x {2, 3, 1}'),
  edge('roll', 'no elements', none, (t) => roll(t.x!, 1, 0), 'f64[0]{}; d_x {}'),
  edge('tile', 'no times', three, (t) => tile(t.x!, [0]), 'f64[0]{}; d_x {0, 0, 0}'),
  edge('range', 'a limit below the start: nothing', {}, (_, g) => range(g, { dtype: 'f64', limit: -3 }), 'f64[0]{}'),
];
