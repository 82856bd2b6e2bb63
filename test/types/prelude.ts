// What generated programs are written with.
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';

const g = new GraphBuilder();
const nextName = (): string => `t${g.tensors.length}`;

/** An f64 input with these sizes. */
export const t = <const S extends Shape>(...shape: S): Tensor<[...S], 'f64'> => g.input(nextName(), f64(...shape));

/** An i32 input with these sizes. */
export const labels = <const S extends Shape>(...shape: S): Tensor<[...S], 'i32'> => g.input(nextName(), i32(...shape));

/** A size that only run time knows. */
export const n = (size: number): number => size;

export * from '../../src/ops/index.ts';
