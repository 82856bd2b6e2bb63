import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sameShape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { cast } from '../../pointwise/cast.ts';
import { equal, notEqual } from '../../pointwise/compare.ts';
import { neg } from '../../pointwise/neg.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { reshape } from '../../shape/reshape.ts';
import { typed } from '../../typed.ts';
import { relu } from '../activation/relu.ts';
import { composite } from '../composite.ts';
import { expandDims } from '../expand-dims.ts';
import { grouped, type LovaszOptions, lovaszExtension } from './lovasz.ts';
import { type Reduction, reduceLosses } from './reduction.ts';

/**
 * The Lovász extension of the Jaccard loss at the hinge errors max(0, 1 − x) of places in the region and max(0, 1 + x) of the
 * others, for logits [N, …] and a target of the same shape: a mask, or i32 with 1 in the region (Berman et al. 2018).
 *
 * @throws CotangentError `lovasz/target` for a target of another shape or dtype.
 */
export const lovaszHinge: <S extends Shape, D extends DType, R extends Reduction = 'mean'>(
  logits: Tensor<S, D>,
  target: Tensor<S, 'bool' | 'i32'>,
  options?: LovaszOptions<R>,
) => Tensor<R extends 'none' ? Shape : [], D> = typed((logits: Tensor, target: Tensor, options: LovaszOptions = {}) =>
  composite('lovaszHinge', { logits, target }, () => {
    const { ignoreIndex, images = 'together', reduction = 'mean' } = options;
    if (!sameShape(logits.shape, target.shape) || (target.dtype !== 'bool' && target.dtype !== 'i32'))
      fail(
        'lovasz/target',
        `the target is ${showType(target)} for logits ${showType(logits)}`,
        'give a mask or i32 labels of the same shape.',
      );
    const labels = cast(target, 'i32');
    const inside = equal(labels, 1);
    const groups = (x: Tensor): Tensor => grouped(expandDims(x, 1), images);
    const errors = groups(sub(1, select(inside, logits, neg(logits)) as Tensor) as Tensor);
    const counted = ignoreIndex === undefined ? undefined : groups(notEqual(labels, ignoreIndex));
    const losses = lovaszExtension(errors, groups(inside), counted, relu);
    return reduceLosses(reshape(losses, [losses.shape[0]!]), reduction);
  }),
);
