export { cumulativeProduct } from './cumulative-product.ts';
export { logSumExp } from './log-sum-exp.ts';
export { max } from './max.ts';
export { mean } from './mean.ts';
export { min } from './min.ts';
export { type NormOptions, norm } from './norm.ts';
export { prod } from './prod.ts';
export { std } from './std.ts';
export { type VarianceOptions, variance } from './variance.ts';
