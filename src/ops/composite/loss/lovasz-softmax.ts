import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32 } from '../../../graph/type.ts';
import { constant } from '../../constant/constant.ts';
import { cast } from '../../pointwise/cast.ts';
import { greater, notEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { maximum } from '../../pointwise/maximum.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { sum } from '../../reduce/sum.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { typed } from '../../typed.ts';
import type { Fits } from '../../types/fits.ts';
import type { TargetShape } from '../../types/target-shape.ts';
import { onesLike } from '../../vector-space.ts';
import { scatterOp } from '../../window/scatter.ts';
import { softmax } from '../activation/softmax.ts';
import { composite } from '../composite.ts';
import { expandDims } from '../expand-dims.ts';
import { take } from '../indexing/take.ts';
import { mean } from '../reduce/mean.ts';
import { classPositions } from './class-positions.ts';
import { grouped, type LovaszOptions, lovaszExtension } from './lovasz.ts';
import { checkClasses } from './overlap-loss.ts';
import { type Reduction, reduceLosses } from './reduction.ts';

/** Which classes count in the Lovász-softmax loss, and where. */
export interface LovaszSoftmaxOptions<R extends Reduction = Reduction> extends LovaszOptions<R> {
  /** The mean is taken over classes that the target holds (`'present'`, the default), all, or those named. */
  readonly classes?: 'present' | 'all' | readonly number[];
  /** What makes probabilities of the logits: `'softmax'` over classes (the default), or nothing. */
  readonly activation?: 'softmax' | 'none';
}

/**
 * The Lovász extension of the Jaccard loss of each class at the errors 1 − p of its places and p of all others, p =
 * softmax(logits) [N, C, …], for an i32 target [N, …] of classes (Berman et al. 2018); their mean over classes. Piecewise
 * linear in p: which errors are larger decides; where two are equal, the order of places.
 *
 * @throws CotangentError `overlap/classes`, `target/shape`, `target/dtype`.
 */
export const lovaszSoftmax: <S extends Shape, D extends DType, T extends Shape, R extends Reduction = 'mean'>(
  logits: Tensor<S, D>,
  target: Tensor<T> & Fits<TargetShape<S, T>>,
  options?: LovaszSoftmaxOptions<R>,
) => Tensor<R extends 'none' ? Shape : [], D> = typed(
  (logits: Tensor, target: Tensor, options: LovaszSoftmaxOptions = {}) =>
    composite('lovaszSoftmax', { logits, target }, () => {
      const { classes = 'present', activation = 'softmax', ignoreIndex, images = 'together' } = options;
      checkClasses(logits, { activation, ...(typeof classes === 'string' ? {} : { classes }) });
      const { isClass, counted } = membership(logits, target, ignoreIndex);
      const p: Tensor = activation === 'softmax' ? softmax(logits, 1) : logits;
      const ofClass = grouped(isClass, images);
      const errors = grouped(select(isClass, sub(1, p) as Tensor, p) as Tensor, images);
      const losses = lovaszExtension(errors, ofClass, counted && grouped(counted, images));
      return reduceLosses(overClasses(losses, ofClass, classes), options.reduction ?? 'mean');
    }),
);

/** Masks [N, C, …]: which places belong to a class, and which count. */
function membership(logits: Tensor, target: Tensor, ignoreIndex: number | undefined) {
  const at = classPositions(logits, target, ignoreIndex);
  // Scattering, unlike a comparison with class numbers, refuses a class that does not exist.
  const ones = onesLike(cast(target, logits.dtype)) as Tensor;
  const isClass: Tensor = greater(scatterOp({ x: ones, at }, { batch: 1, shape: logits.shape.slice(1) }) as Tensor, 0);
  if (ignoreIndex === undefined) return { isClass, counted: undefined };
  return { isClass, counted: broadcastTo(expandDims(notEqual(at, -1), 1), logits.shape) as Tensor };
}

/** The mean of losses [groups, C] over classes. */
function overClasses(losses: Tensor, isClass: Tensor, classes: 'present' | 'all' | readonly number[]): Tensor {
  if (classes === 'all') return mean(losses, { axes: 1 });
  if (classes !== 'present')
    return mean(take(losses, constant(losses.graph, i32(classes.length), classes), 1) as Tensor, { axes: 1 });
  const places = sum(cast(isClass, losses.dtype), { axes: 2 }) as Tensor;
  const present = cast(greater(places, 0), losses.dtype) as Tensor;
  return div(
    sum(mul(losses, present), { axes: 1 }) as Tensor,
    maximum(sum(present, { axes: 1 }) as Tensor, 1) as Tensor,
  );
}
