import { conv2d } from '../../src/ops/index.ts';
import { operatorWorkload } from './operator-workload.ts';
import type { Workload } from './workload.ts';

export const w1: Workload = operatorWorkload({
  name: 'W1',
  title: '3×3 convolution, forward',
  shapes: {
    full: { x: [1, 64, 64, 64], w: [64, 64, 3, 3] },
    tiny: { x: [1, 5, 9, 8], w: [6, 5, 3, 3] },
  },
  scales: { w: 0.05 },
  operations: 2 * 64 * 64 * 64 * 64 * 9,
  apply: ({ x, w }) => conv2d(x!, w!, { padding: 1 }),
});
