export { type BatchNormOptions, batchNorm } from './batch-norm.ts';
export { type ChannelNormOptions, type GroupNormOptions, groupNorm } from './group-norm.ts';
export { instanceNorm } from './instance-norm.ts';
export { type LayerNormOptions, layerNorm } from './layer-norm.ts';
export { type LocalResponseNormOptions, localResponseNorm } from './local-response-norm.ts';
export { type LpNormaliseOptions, lpNormalise } from './lp-normalise.ts';
export { type MeanVarianceNormOptions, meanVarianceNorm } from './mean-variance-norm.ts';
export { rmsNorm } from './rms-norm.ts';
export { type RunningOptions, runningStatistics, type Statistics } from './running-statistics.ts';
