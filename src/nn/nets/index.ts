export { type DoubleConv, type DoubleConvOptions, doubleConv } from './double-conv.ts';
export { makeNet, type NetChoice } from './make-net.ts';
export type { NetConfig, NetKind } from './net-kind.ts';
export { nets } from './nets.ts';
export { type UNet, type UNetCall, unet } from './unet.ts';
export type { UNetOptions } from './unet-options.ts';
