import { trainingWorkload } from './training-workload.ts';
import type { Workload } from './workload.ts';

export const w9: Workload = trainingWorkload({
  name: 'W9',
  title: 'a training step of a tiny U-Net: 4 images of 16×16, widths 4 to 16',
  sizes: {
    full: { images: [4, 1, 16, 16], width: 4, depth: 2 },
    tiny: { images: [2, 1, 8, 8], width: 2, depth: 2 },
  },
});
