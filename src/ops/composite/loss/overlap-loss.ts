import { type DType, isFloat } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sameShape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32, showType } from '../../../graph/type.ts';
import { constant } from '../../constant/constant.ts';
import { notEqual } from '../../pointwise/compare.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { sum } from '../../reduce/sum.ts';
import { refuse } from '../../refuse.ts';
import { typed } from '../../typed.ts';
import type { Fits } from '../../types/fits.ts';
import type { CrossEntropyTarget } from '../../types/loss-shape.ts';
import { onesLike } from '../../vector-space.ts';
import { gatherOp } from '../../window/gather.ts';
import { scatterOp } from '../../window/scatter.ts';
import { sigmoid } from '../activation/sigmoid.ts';
import { softmax } from '../activation/softmax.ts';
import { composite } from '../composite.ts';
import { expandDims } from '../expand-dims.ts';
import { take } from '../indexing/take.ts';
import { classPositions } from './class-positions.ts';
import { type Reduction, reduceLosses } from './reduction.ts';

/** How losses of overlapping regions count. */
export interface OverlapOptions<R extends Reduction = Reduction> {
  /** Added to numerator and denominator, so that a class that is nowhere scores 1; 1 unless given. */
  readonly smooth?: number;
  /** Places of this class count for nothing; every place counts unless given. */
  readonly ignoreIndex?: number;
  /** The classes that count; all unless given. */
  readonly classes?: readonly number[];
  /** What makes probabilities of the logits: `'softmax'` over classes (the default), `'sigmoid'`, or nothing. */
  readonly activation?: 'softmax' | 'sigmoid' | 'none';
  /** Whether the sums run over the whole batch (`'together'`, the default) or each image has a score of its own. */
  readonly images?: 'together' | 'apart';
  /** Joins the losses of classes, and of images where they are apart: their mean unless told otherwise. */
  readonly reduction?: R;
}

/** Sums of one class: what prediction and target share, and what each has; [C], or [N, C] for images apart. */
export interface Overlap {
  readonly both: Tensor;
  readonly predicted: Tensor;
  readonly actual: Tensor;
}

/** 1 − a score of overlaps, for logits [N, C, …] and an i32 target [N, …] of classes or a float one [N, C, …] of shares. */
export type OverlapLossFunction<Options extends object = object> = <
  S extends Shape,
  D extends DType,
  T extends Shape,
  E extends DType,
  R extends Reduction = 'mean',
>(
  logits: Tensor<S, D>,
  target: Tensor<T, E> & Fits<CrossEntropyTarget<S, T, E>>,
  options?: Options & OverlapOptions<R>,
) => Tensor<R extends 'none' ? Shape : [], D>;

/** Makes the loss of a formula for the score of one class. */
export const overlapLoss = <Options extends object = object>(
  name: string,
  loss: (overlap: Overlap, smooth: number, options: Partial<Options>) => Tensor,
): OverlapLossFunction<Options> =>
  typed(
    (
      logits: Tensor,
      target: Tensor,
      options: OverlapOptions & Partial<Options> = {} as OverlapOptions & Partial<Options>,
    ) =>
      composite(name, { logits, target }, () => {
        const { smooth = 1, classes, reduction = 'mean' } = options;
        checkClasses(logits, options);
        const losses = loss(overlapOf(logits, target, options), smooth, options);
        if (classes === undefined) return reduceLosses(losses, reduction);
        const chosen = constant(logits.graph, i32(classes.length), classes);
        return reduceLosses(take(losses, chosen, -1) as Tensor, reduction);
      }),
  );

/** Refuses logits that tell no classes apart, and classes that do not exist. */
export function checkClasses(logits: Tensor, { classes, activation = 'softmax' }: OverlapOptions): void {
  const count = logits.shape[1] ?? 0;
  if (count < (activation === 'softmax' ? 2 : 1))
    fail('overlap/classes', `logits ${showType(logits)} tell no classes apart`, 'give [N, C, …] with C ≥ 2.');
  const exists = (c: number): boolean => Number.isInteger(c) && c >= 0 && c < count;
  if (classes !== undefined && !(classes.length > 0 && classes.every(exists)))
    fail('overlap/classes', `[${classes}] are not classes`, `name at least one of 0 to ${count - 1}.`);
}

function overlapOf(logits: Tensor, target: Tensor, options: OverlapOptions): Overlap {
  const { ignoreIndex, images = 'together' } = options;
  const p = probabilities(logits, options.activation ?? 'softmax');
  const axes = logits.shape.map((_, k) => k).filter((k) => k !== 1 && !(k === 0 && images === 'apart'));
  const perClass = (x: Tensor): Tensor => sum(x, { axes });
  if (isFloat(target.dtype)) {
    if (!sameShape(target.shape, p.shape))
      refuse(
        'target/shape',
        { target: target.shape, logits: p.shape, needed: p.shape },
        'give a share per class, or an i32 tensor of classes without the class axis.',
      );
    if (ignoreIndex !== undefined)
      fail(
        'loss/ignore',
        `class ${ignoreIndex} cannot be ignored in a target of shares`,
        'leave ignoreIndex out, or give classes as i32.',
      );
    return { both: perClass(mul(p, target) as Tensor), predicted: perClass(p), actual: perClass(target) };
  }
  const at = classPositions(logits, target, ignoreIndex);
  const counted: Tensor = ignoreIndex === undefined ? p : select(expandDims(notEqual(target, ignoreIndex), 1), p, 0);
  const chosen: Tensor = gatherOp({ x: counted, at }, { batch: 1 });
  const ofClass = (x: Tensor): Tensor =>
    perClass(scatterOp({ x, at }, { batch: 1, shape: logits.shape.slice(1) }) as Tensor);
  return { both: ofClass(chosen), predicted: perClass(counted), actual: ofClass(onesLike(chosen)) };
}

function probabilities(logits: Tensor, activation: 'softmax' | 'sigmoid' | 'none'): Tensor {
  if (activation === 'softmax') return softmax(logits, 1);
  if (activation === 'sigmoid') return sigmoid(logits);
  if (activation === 'none') return logits;
  return fail(
    'overlap/activation',
    `unknown activation '${String(activation)}'`,
    "use 'softmax', 'sigmoid' or 'none'.",
  );
}
