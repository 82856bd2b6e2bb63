import type { Tensor } from '../../graph/tensor.ts';
import { add, sqrt, square, sum } from '../../ops/index.ts';
import type { NamedTensors } from './optimizer.ts';

/** The Euclidean length of all these tensors together, a scalar; they must be of one dtype. */
export const tensorNorm = (tensors: NamedTensors): Tensor =>
  sqrt(
    Object.values(tensors)
      .map((tensor) => sum(square(tensor)))
      .reduce((a, b) => add(a, b)),
  );
