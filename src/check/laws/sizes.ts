import type { Tensor } from '../../graph/tensor.ts';
import { broadcastTo, mul, reshape, sum } from '../../ops/index.ts';

/**
 * A bound for what roundings are proportional to where weights have either sign: the sum of a whole tensor’s magnitudes
 * times `weight`, which no weight may exceed, in the shape of `like`.
 */
export function totalSize(x: Tensor, like: Tensor, weight: number): Tensor {
  const total = mul(sum(x), weight) as Tensor;
  return broadcastTo(
    reshape(
      total,
      like.shape.map(() => 1),
    ),
    like.shape,
  ) as Tensor;
}
