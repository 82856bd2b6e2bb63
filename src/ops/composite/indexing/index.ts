export { gatherElements } from './gather-elements.ts';
export { type GatherNdOptions, gatherNd } from './gather-nd.ts';
export { scatterElements } from './scatter-elements.ts';
export type { ScatterOptions } from './scatter-into.ts';
export { scatterNd } from './scatter-nd.ts';
export { type Sorted, sort } from './sort.ts';
export { take } from './take.ts';
export { type TopKOptions, topK } from './top-k.ts';
