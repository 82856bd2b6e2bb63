export { type ArgmaxOptions, argmax } from './argmax.ts';
export { argsort, type SortOptions } from './argsort.ts';
export type { ReduceOptions } from './axes.ts';
export { type CumulativeOptions, cumulativeSum } from './cumulative-sum.ts';
export { sum } from './sum.ts';
