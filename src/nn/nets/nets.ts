import { deeplab } from './deeplab.ts';
import { deformableUnet } from './deformable-unet.ts';
import { drn } from './drn.ts';
import { fcn } from './fcn.ts';
import { multiScale } from './multi-scale.ts';
import type { NetKind } from './net-kind.ts';
import { patchNet } from './patch-net.ts';
import { pspnet } from './pspnet.ts';
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
    // Pooling forgets where in a cell a maximum stood. With scores of cells as large as shapes and no finer ones, convolutions
    // of stride 2 learn in half as many steps, and that is still many.
    summary: 'FCN: scores of stride 32 alone, halved by strided convolutions; depth: convolutions per stage',
    defaults: { width: 16, depth: 1 },
    training: { steps: 6, learningRate: 0.4 },
    make: (config) => fcn({ ...config, stride: 32, down: 'conv' }),
  },
  'fcn-16s': {
    summary: 'FCN: scores of strides 32 and 16 added; depth: convolutions per stage',
    defaults: { width: 16, depth: 1 },
    make: (config) => fcn({ ...config, stride: 16 }),
  },
  'fcn-8s': {
    summary: 'FCN: scores of strides 32, 16 and 8 added; depth: convolutions per stage',
    defaults: { width: 16, depth: 1 },
    make: (config) => fcn({ ...config, stride: 8 }),
  },
  'fcn-all-conv': {
    summary: 'FCN-8s without pooling: convolutions of stride 2 halve',
    defaults: { width: 16, depth: 1 },
    make: (config) => fcn({ ...config, stride: 8, down: 'conv' }),
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
  deeplab: {
    summary: 'DeepLab: dilated convolutions of several rates side by side; depth: its dilated blocks',
    defaults: { width: 8, depth: 2 },
    make: deeplab,
  },
  pspnet: {
    summary: 'PSPNet: means over grids of 1 to 36 cells joined on; depth: its dilated blocks',
    defaults: { width: 12, depth: 2 },
    make: pspnet,
  },
  'multi-scale': {
    summary: 'convolutions of dilation 1, 2, 4 and 8 side by side; depth: the dilated blocks before them',
    defaults: { width: 8, depth: 1 },
    make: multiScale,
  },
  drn: {
    summary: 'dilated residual net of dilations 2, 4, 8, which leave holes; depth: its blocks',
    defaults: { width: 8, depth: 3 },
    make: drn,
  },
  'drn-hdc': {
    summary: 'dilated residual net of dilations 1, 2, 5, which leave none; depth: its blocks',
    defaults: { width: 8, depth: 3 },
    make: (config) => drn({ ...config, rates: 'hybrid' }),
  },
  'deformable-unet': {
    summary: 'U-Net whose deepest levels choose where they look, and how much that counts',
    defaults: { width: 12, depth: 3 },
    make: deformableUnet,
  },
  'deformable-unet-v1': {
    summary: 'U-Net whose deepest levels choose where they look',
    defaults: { width: 12, depth: 3 },
    make: (config) => deformableUnet({ ...config, version: 1 }),
  },
};
