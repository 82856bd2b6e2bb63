import type { NetKind } from './net-kind.ts';
import { unet } from './unet.ts';

/** The nets that a configuration can name: images [N, inChannels, H, W] to scores [N, classes, H, W]. */
export const nets: { readonly [name: string]: NetKind } = {
  unet: {
    summary: 'U-Net: skips are concatenated, transposed convolutions enlarge',
    defaults: { width: 16, depth: 3 },
    make: unet,
  },
};
