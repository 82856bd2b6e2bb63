import { fail } from '../../../graph/error.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { cast } from '../../pointwise/cast.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { argsort } from '../../reduce/argsort.ts';
import { cumulativeSum } from '../../reduce/cumulative-sum.ts';
import { sum } from '../../reduce/sum.ts';
import { reshape } from '../../shape/reshape.ts';
import { shiftAlong } from '../../shape/slice-along.ts';
import { transpose } from '../../shape/transpose.ts';
import { gatherOp } from '../../window/gather.ts';
import type { Reduction } from './reduction.ts';

/** Which places count in a Lovász loss. */
export interface LovaszOptions<R extends Reduction = Reduction> {
  /** Places of this class count for nothing; every place counts unless given. */
  readonly ignoreIndex?: number;
  /** Whether the batch has one loss (`'together'`, the default) or each image its own. */
  readonly images?: 'together' | 'apart';
  /** Joins the losses of images that are apart: their mean unless told otherwise. */
  readonly reduction?: R;
}

/** [N, C, …] as [groups, C, places]: one group, or one for each image. */
export function grouped(x: Tensor, images: 'together' | 'apart'): Tensor {
  if (images !== 'together' && images !== 'apart')
    fail('loss/images', `unknown choice '${String(images)}'`, "use 'together' or 'apart'.");
  const [batch, channels, ...spatial] = x.shape;
  const flat: Tensor = reshape(x, [batch!, channels!, sizeOf(spatial)]);
  if (images === 'apart') return flat;
  return reshape(transpose(flat, [1, 0, 2]), [1, channels!, batch! * sizeOf(spatial)]);
}

/**
 * The Lovász extension of the Jaccard loss (Berman et al. 2018), [groups, C] of errors [groups, C, places]: errors in falling
 * order, each times what the Jaccard loss gains where its place joins those before it. `isClass` is a mask of the places that
 * belong to the class, `counted` of those that count.
 */
export function lovaszExtension(
  errors: Tensor,
  isClass: Tensor,
  counted: Tensor | undefined,
  shape: (errors: Tensor) => Tensor = (e) => e,
): Tensor {
  // What does not count comes last and weighs nothing.
  const keys: Tensor = counted === undefined ? errors : select(counted, errors, Number.NEGATIVE_INFINITY);
  const order = argsort(keys, 2, { descending: true });
  const inOrder = (x: Tensor): Tensor => gatherOp({ x, at: order }, { batch: 2 });
  const valued = shape(errors);
  const sorted = inOrder(counted === undefined ? valued : (select(counted, valued, 0) as Tensor));
  return sum(mul(sorted, jaccardGains(inOrder(cast(isClass, errors.dtype)))) as Tensor, { axes: 2 });
}

function jaccardGains(isClass: Tensor): Tensor {
  const total = sum(isClass, { axes: 2, keepDims: true }) as Tensor;
  const both = sub(total, cumulativeSum(isClass, 2)) as Tensor;
  const either = add(total, cumulativeSum(sub(1, isClass) as Tensor, 2)) as Tensor;
  const jaccard = sub(1, div(both, either) as Tensor) as Tensor;
  return sub(jaccard, shiftAlong(jaccard, 2, 1, 0));
}
