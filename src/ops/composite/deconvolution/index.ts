export type { BlurOptions } from './blur.ts';
export { type DeconvolveOptions, deconvolve } from './deconvolve.ts';
