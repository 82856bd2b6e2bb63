import { resize2d } from '../../src/ops/index.ts';
import { operatorWorkload } from './operator-workload.ts';
import type { Workload } from './workload.ts';

export const w7: Workload = operatorWorkload({
  name: 'W7',
  title: 'bilinear enlargement by 2 (half-pixel), forward and gradient',
  shapes: {
    full: { x: [4, 64, 32, 32], ct: [4, 64, 64, 64] },
    tiny: { x: [2, 3, 5, 4], ct: [2, 3, 10, 8] },
  },
  apply: ({ x }) => resize2d(x!, { scale: 2, mode: 'linear', coordinates: 'half_pixel' }),
});
