export { type BatchNormLayerOptions, batchNormLayer } from './batch-norm-layer.ts';
export { type Conv, type ConvLayerOptions, convLayer } from './conv-layer.ts';
export { type ConvTranspose, type ConvTransposeLayerOptions, convTransposeLayer } from './conv-transpose-layer.ts';
export { type GroupNormLayerOptions, groupNormLayer, type Normalise } from './group-norm-layer.ts';
export type { Image } from './image.ts';
export { type Linear, type LinearLayerOptions, linearLayer } from './linear-layer.ts';
export { avgPoolLayer, maxPoolLayer, type Pool, type PoolLayerOptions } from './pool-layer.ts';
export { type Upsample, type UpsampleLayerOptions, upsampleLayer } from './upsample-layer.ts';
