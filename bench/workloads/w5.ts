import { deformConv2d } from '../../src/ops/index.ts';
import { operatorWorkload } from './operator-workload.ts';
import type { Workload } from './workload.ts';

export const w5: Workload = operatorWorkload({
  name: 'W5',
  title: 'deformable 3×3 convolution, forward and gradients of input, offsets and weight',
  shapes: {
    full: { x: [2, 32, 32, 32], offset: [2, 18, 32, 32], w: [32, 32, 3, 3], ct: [2, 32, 32, 32] },
    tiny: { x: [2, 3, 6, 7], offset: [2, 18, 6, 7], w: [4, 3, 3, 3], ct: [2, 4, 6, 7] },
  },
  scales: { w: 0.05 },
  apply: ({ x, offset, w }) => deformConv2d(x!, offset!, w!, { padding: 1 }),
});
