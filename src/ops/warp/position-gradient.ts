import type { Tensor } from '../../graph/tensor.ts';
import { full } from '../constant/full.ts';
import { mul } from '../pointwise/mul.ts';
import { sum } from '../reduce/sum.ts';
import { concat } from '../shape/concat.ts';
import { zerosLike } from '../vector-space.ts';
import { highestOrder } from './interpolation.ts';
import { type SampleAxis, sampleOp } from './sample.ts';

/**
 * The gradient of Σ carry · sample(field, p) by p: along each axis the same sampling, differentiated once more there,
 * summed over channels. Both `sample` and `splat` have it, as their transposes share one trilinear form.
 */
export function positionGradient(field: Tensor, p: Tensor, carry: Tensor, axes: readonly SampleAxis[]): Tensor {
  const slopes = axes.map((axis, k) => {
    if (axis.order === highestOrder(axis.kernel)) return undefined;
    const steeper = axes.with(k, { ...axis, order: axis.order + 1 });
    return sum(mul(carry, sampleOp({ x: field, p }, { axes: steeper })), { axes: [1], keepDims: true });
  });
  if (slopes.every((slope) => slope === undefined)) return zerosLike(p);
  const none = { dtype: p.dtype, shape: [p.shape[0]!, 1, p.shape[2]!] };
  return concat(
    slopes.map((slope) => slope ?? full(p.graph, none, 0)),
    1,
  );
}
