import type { FloatDType } from '../../graph/dtype.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { adaptiveAvgPoolNd } from './adaptive-avg-pool-nd.ts';
import type { PerAxis } from './per-axis.ts';

type Spatial = readonly [number, number, number, number];

/** Means of a grid of `size` windows over the last 2 axes of x: window i of n reads from ⌊i·L/n⌋ to ⌈(i + 1)·L/n⌉. */
export const adaptiveAvgPool2d = <D extends FloatDType>(x: Tensor<Spatial, D>, size: PerAxis): Tensor<Spatial, D> =>
  adaptiveAvgPoolNd('adaptiveAvgPool2d', 2, x, size) as Tensor as Tensor<Spatial, D>;
