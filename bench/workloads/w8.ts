import { trainingWorkload } from './training-workload.ts';
import type { Workload } from './workload.ts';

export const w8: Workload = trainingWorkload({
  name: 'W8',
  title: 'a training step of a U-Net: 8 images of 64×64, widths 16 to 128',
  sizes: {
    full: { images: [8, 1, 64, 64], width: 16, depth: 3 },
    tiny: { images: [2, 1, 16, 8], width: 3, depth: 3 },
  },
  operations: 6.9e9,
});
