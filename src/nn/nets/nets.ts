import { fcn } from './fcn.ts';
import type { NetKind } from './net-kind.ts';
import { patchNet } from './patch-net.ts';
import { segnet } from './segnet.ts';
import { unet } from './unet.ts';

/** The nets that a configuration can name: images [N, inChannels, H, W] to scores [N, classes, H, W]. */
export const nets: { readonly [name: string]: NetKind } = {
  unet: {
    summary: 'U-Net: skips are concatenated, transposed convolutions enlarge',
    defaults: { width: 16, depth: 3 },
    make: unet,
  },
  'unet-sum': {
    summary: 'U-Net whose skips are added',
    defaults: { width: 16, depth: 3 },
    make: (config) => unet({ ...config, skip: 'sum' }),
  },
  'unet-resize': {
    summary: 'U-Net that resizes and then convolves in place of transposed convolutions: no checkerboard',
    defaults: { width: 16, depth: 3 },
    make: (config) => unet({ ...config, up: 'nearest' }),
  },
  'unet-sub-pixel': {
    summary: 'U-Net that enlarges by sub-pixel convolutions',
    defaults: { width: 16, depth: 3 },
    make: (config) => unet({ ...config, up: 'sub-pixel' }),
  },
  segnet: {
    summary: 'SegNet: max unpooling puts features back where the maxima stood',
    defaults: { width: 16, depth: 3 },
    make: segnet,
  },
  'fcn-32s': {
    summary: 'FCN: scores of stride 32 enlarged at once; depth: convolutions per stage',
    defaults: { width: 16, depth: 1 },
    make: (config) => fcn({ ...config, stride: 32, maps: 16 }),
  },
  'fcn-16s': {
    summary: 'FCN: scores of strides 32 and 16 added; depth: convolutions per stage',
    defaults: { width: 16, depth: 1 },
    make: (config) => fcn({ ...config, stride: 16, maps: 8 }),
  },
  'fcn-8s': {
    summary: 'FCN: scores of strides 32, 16 and 8 added; depth: convolutions per stage',
    defaults: { width: 16, depth: 1 },
    make: (config) => fcn({ ...config, stride: 8, maps: 4 }),
  },
  'fcn-all-conv': {
    summary: 'FCN-8s without pooling: convolutions of stride 2 halve',
    defaults: { width: 16, depth: 1 },
    make: (config) => fcn({ ...config, stride: 8, down: 'conv', maps: 4 }),
  },
  patch: {
    summary:
      'patch classifier, every pixel the middle of a patch: what a sliding window gives; depth: its convolutions',
    defaults: { width: 16, depth: 6 },
    make: patchNet,
  },
  'patch-fcn': {
    summary: 'the patch classifier as a net whose every layer keeps the size',
    defaults: { width: 16, depth: 6 },
    make: (config) => patchNet({ ...config, padding: 'each' }),
  },
};
