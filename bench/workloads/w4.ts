import { conv2d } from '../../src/ops/index.ts';
import { operatorWorkload } from './operator-workload.ts';
import type { Workload } from './workload.ts';

export const w4: Workload = operatorWorkload({
  name: 'W4',
  title: '3×3 convolution of dilation 4, forward and both gradients',
  shapes: {
    full: { x: [4, 64, 32, 32], w: [64, 64, 3, 3], ct: [4, 64, 32, 32] },
    tiny: { x: [2, 3, 10, 9], w: [4, 3, 3, 3], ct: [2, 4, 10, 9] },
  },
  scales: { w: 0.05 },
  operations: 3 * 2 * 4 * 64 * 32 * 32 * 64 * 9,
  apply: ({ x, w }) => conv2d(x!, w!, { padding: 4, dilation: 4 }),
});
