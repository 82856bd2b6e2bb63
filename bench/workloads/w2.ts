import { conv2d } from '../../src/ops/index.ts';
import { operatorWorkload } from './operator-workload.ts';
import type { Workload } from './workload.ts';

export const w2: Workload = operatorWorkload({
  name: 'W2',
  title: '3×3 convolution, forward and both gradients',
  shapes: {
    full: { x: [4, 32, 64, 64], w: [64, 32, 3, 3], ct: [4, 64, 64, 64] },
    tiny: { x: [2, 3, 9, 8], w: [5, 3, 3, 3], ct: [2, 5, 9, 8] },
  },
  scales: { w: 0.05 },
  operations: 3 * 2 * 4 * 64 * 64 * 64 * 32 * 9,
  apply: ({ x, w }) => conv2d(x!, w!, { padding: 1 }),
});
