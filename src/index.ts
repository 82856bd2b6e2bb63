/**
 * cotangent: define a graph, differentiate it, run it.
 *
 * Operators are exported here as well as from `cotangent/ops`, which also has the table of their records.
 */
export * from './autodiff/index.ts';
export * from './backends/index.ts';
export * from './graph/index.ts';
export * from './ops/index.ts';
