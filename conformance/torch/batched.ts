import { expandDims, squeeze, type Tensor } from 'cotangent';

/** Applies a function of [N, C, `rank` spatial axes]; an input without the batch axis becomes a batch of one and its result loses it. */
export function batched(input: Tensor, rank: number, f: (x: Tensor) => Tensor): Tensor {
  return input.shape.length === rank + 1 ? squeeze(f(expandDims(input, 0)), [0]) : f(input);
}
