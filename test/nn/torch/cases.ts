import {
  autoencoder,
  type FcnOptions,
  fcn,
  type Net,
  type NetConfig,
  nets,
  superResolution,
  type UNetOptions,
  unet,
  upsamplers,
} from '../../../src/nn/index.ts';
import { classifierCases } from './classifier-cases.ts';
import { dilatedCases } from './dilated-cases.ts';
import { featureCases } from './feature-cases.ts';

/** A net that is held against PyTorch's account of it, `nets/NAME.py` by the net's own name. */
export interface TorchCase {
  /** The name of the net in the table `nets`, and after it what is special, if anything. */
  readonly name: string;
  /** In float64. */
  readonly net: Net;
  /** Channels of x; default 2. */
  readonly channels?: number;
  /** Spatial sizes of x. */
  readonly size: readonly number[];
  readonly optimizer: 'sgd' | 'adam' | 'adamw';
  /** Of the scores: with a class per position, some of them ignored (the default), or with random numbers. */
  readonly loss?: 'cross-entropy' | 'mean-square';
}

/** A tiny one of a net of the table. */
const tiny = (name: string, config: Omit<NetConfig, 'inChannels' | 'classes' | 'dtype'>): Net =>
  nets[name]!.make({ inChannels: 2, classes: 3, ...config, dtype: 'f64' });

const unetOf = (options: Partial<UNetOptions>): Net =>
  unet<UNetOptions>({ inChannels: 2, classes: 3, width: 3, depth: 2, ...options, dtype: 'f64' });

const fcnOf = (options: Partial<FcnOptions>): Net =>
  fcn<FcnOptions>({ inChannels: 2, classes: 3, width: 2, ...options, dtype: 'f64' });

/** Every net of the table, and what its options change; widths and images so small that all together take seconds. */
export const cases: readonly TorchCase[] = [
  { name: 'unet', net: tiny('unet', { width: 3, depth: 2 }), size: [8, 12], optimizer: 'adam' },
  {
    name: 'unet: sum, nearest',
    net: unetOf({ skip: 'sum', up: 'nearest', norm: 'group' }),
    size: [8, 8],
    optimizer: 'sgd',
  },
  { name: 'unet: linear, crop', net: unetOf({ up: 'linear', fit: 'crop' }), size: [11, 9], optimizer: 'adamw' },
  {
    name: 'unet: deep, pad',
    net: unetOf({ depth: 3, fit: 'pad', norm: 'group' }),
    size: [13, 10],
    optimizer: 'adam',
  },
  { name: 'unet-sum', net: tiny('unet-sum', { width: 3, depth: 1 }), size: [6, 8], optimizer: 'sgd' },
  { name: 'unet-resize', net: tiny('unet-resize', { width: 3, depth: 1 }), size: [6, 8], optimizer: 'adam' },
  { name: 'unet-sub-pixel', net: tiny('unet-sub-pixel', { width: 3, depth: 2 }), size: [8, 8], optimizer: 'adamw' },
  { name: 'segnet', net: tiny('segnet', { width: 3, depth: 2 }), size: [11, 9], optimizer: 'adam' },
  { name: 'segnet: group', net: tiny('segnet', { width: 4, depth: 1, norm: 'group' }), size: [7, 6], optimizer: 'sgd' },
  { name: 'fcn-32s', net: tiny('fcn-32s', { width: 2, depth: 1 }), size: [21, 34], optimizer: 'adam' },
  { name: 'fcn-16s', net: fcnOf({ stride: 16, depth: 2 }), size: [33, 18], optimizer: 'sgd' },
  { name: 'fcn-8s', net: fcnOf({ maps: 'classes' }), size: [17, 20], optimizer: 'adamw' },
  { name: 'fcn-all-conv', net: fcnOf({ down: 'conv', norm: 'group' }), size: [19, 33], optimizer: 'adam' },
  { name: 'patch', net: tiny('patch', { width: 4, depth: 3, norm: 'group' }), size: [9, 7], optimizer: 'adam' },
  { name: 'patch-fcn', net: tiny('patch-fcn', { width: 3, depth: 2 }), size: [5, 8], optimizer: 'sgd' },
  ...upsamplers.map((up, k): TorchCase => {
    const net = superResolution({
      inChannels: 2,
      scale: 2 + (k % 2),
      width: 4,
      up,
      skip: (['linear', 'cubic', 'none'] as const)[k]!,
      dtype: 'f64',
    });
    return { name: `super-resolution: ${up}`, net, size: [5, 7], optimizer: 'adam', loss: 'mean-square' };
  }),
  ...(['transposed', 'switches'] as const).map((up): TorchCase => {
    const net = autoencoder({ inChannels: 2, width: 3, code: 4, up, dtype: 'f64' });
    return { name: `autoencoder: ${up}`, net, size: [8, 12], optimizer: 'sgd', loss: 'mean-square' };
  }),
  ...dilatedCases,
  ...classifierCases,
  ...featureCases,
];
