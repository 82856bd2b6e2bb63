export { type AudioCall, type AudioNetOptions, audioNet, audioReach } from './audio-net.ts';
export { type Autoencoder, type AutoencoderOptions, autoencoder } from './autoencoder.ts';
export { boxShifts, shiftBoxes } from './box-shifts.ts';
export { type DeepLab, type DeepLabOptions, deeplab } from './deeplab.ts';
export { type DeformableUNet, type DeformableUNetOptions, deformableUnet } from './deformable-unet.ts';
export type { OutputStride } from './dilated-backbone.ts';
export { type DoubleConv, type DoubleConvOptions, doubleConv } from './double-conv.ts';
export { type Drn, type DrnOptions, drn, drnDilations } from './drn.ts';
export { type Fcn, type FcnOptions, fcn } from './fcn.ts';
export { makeNet, type NetChoice } from './make-net.ts';
export { type MultiScale, type MultiScaleOptions, multiScale } from './multi-scale.ts';
export type { NetConfig, NetKind } from './net-kind.ts';
export { nets } from './nets.ts';
export { type FeedSizes, type OtherNet, type OtherNetKind, otherNets } from './other-nets.ts';
export { type PatchCall, type PatchNet, type PatchNetOptions, patchNet } from './patch-net.ts';
export { type PspNet, type PspNetOptions, pspnet } from './pspnet.ts';
export { type Regions, type RoiHead, type RoiHeadOptions, roiHead } from './roi-head.ts';
export { type SegNet, type SegNetOptions, segnet } from './segnet.ts';
export { type SppClassifier, type SppClassifierOptions, sppClassifier } from './spp-classifier.ts';
export { type StyleFeatures, type StyleFeaturesOptions, styleFeatures } from './style-features.ts';
export {
  type SuperResolution,
  type SuperResolutionOptions,
  superResolution,
  type Upsampler,
  upsamplers,
} from './super-resolution.ts';
export { type UNet, type UNetCall, unet } from './unet.ts';
export type { UNetOptions } from './unet-options.ts';
