import { convTranspose2d } from '../../src/ops/index.ts';
import { operatorWorkload } from './operator-workload.ts';
import type { Workload } from './workload.ts';

export const w3: Workload = operatorWorkload({
  name: 'W3',
  title: '4×4 transposed convolution of stride 2, forward and both gradients',
  shapes: {
    full: { x: [4, 64, 32, 32], w: [64, 32, 4, 4], ct: [4, 32, 64, 64] },
    tiny: { x: [2, 5, 4, 6], w: [5, 3, 4, 4], ct: [2, 3, 8, 12] },
  },
  scales: { w: 0.05 },
  operations: 3 * 2 * 4 * 64 * 32 * 32 * 32 * 16,
  apply: ({ x, w }) => convTranspose2d(x!, w!, { stride: 2, padding: 1 }),
});
