import { avgPool2d, maxPool2d } from '../../src/ops/index.ts';
import { operatorWorkload } from './operator-workload.ts';
import type { Workload } from './workload.ts';

const shapes = {
  full: { x: [8, 64, 64, 64], ct: [8, 64, 32, 32] },
  tiny: { x: [2, 3, 8, 6], ct: [2, 3, 4, 3] },
};

export const w6Max: Workload = operatorWorkload({
  name: 'W6-max',
  title: '2×2 max pooling of stride 2, forward and gradient',
  shapes,
  apply: ({ x }) => maxPool2d(x!, { kernel: 2 }),
});

export const w6Avg: Workload = operatorWorkload({
  name: 'W6-avg',
  title: '3×3 average pooling of stride 2 and padding 1, forward and gradient',
  shapes,
  apply: ({ x }) => avgPool2d(x!, { kernel: 3, stride: 2, padding: 1 }),
});
