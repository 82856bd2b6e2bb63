import type { Net } from '../net.ts';
import { unet } from './unet.ts';

/** What every net can be told; more where the net knows more options. */
export interface NetConfig {
  readonly inChannels: number;
  readonly classes: number;
  readonly width?: number;
  readonly depth?: number;
  /** Normalisation before each ReLU. */
  readonly norm?: 'none' | 'group';
}

/** The nets that a configuration can name. */
export const nets: { readonly [name: string]: (config: NetConfig) => Net } = { unet };

export { type DoubleConv, type DoubleConvOptions, doubleConv } from './double-conv.ts';
export { type UNet, type UNetCall, unet } from './unet.ts';
export type { UNetOptions } from './unet-options.ts';
