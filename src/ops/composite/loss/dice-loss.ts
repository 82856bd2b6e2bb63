import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { constant } from '../../constant/constant.ts';
import { add } from '../../pointwise/add.ts';
import { notEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { sum } from '../../reduce/sum.ts';
import { frontDoor } from '../../front-door.ts';
import type { Fits } from '../../types/fits.ts';
import type { TargetShape } from '../../types/target-shape.ts';
import { onesLike } from '../../vector-space.ts';
import { gatherOp } from '../../window/gather.ts';
import { scatterOp } from '../../window/scatter.ts';
import { classPositions } from './class-positions.ts';
import { expandDims } from '../expand-dims.ts';
import { mean } from '../reduce/mean.ts';
import { softmax } from '../activation/softmax.ts';

/** How the Dice loss counts. */
export interface DiceOptions {
  /** Added to numerator and denominator, so that a class that is nowhere scores 1; 1 unless given. */
  readonly smooth?: number;
  /** Places of this class count for nothing; every place counts unless given. */
  readonly ignoreIndex?: number;
  /** The classes to average over; all unless given. */
  readonly classes?: readonly number[];
}

/**
 * 1 − the mean over classes of (2 Σ p·t + smooth) / (Σ p + Σ t + smooth), where p = softmax(logits) [N, C, …], t is the
 * i32 target [N, …] as zeros and ones, and the sums run over the whole batch. A scalar.
 *
 * @throws CotangentError `dice/classes` for fewer than two classes or one that does not exist.
 */
export const diceLoss: <S extends Shape, D extends DType, T extends Shape>(
  logits: Tensor<S, D>,
  target: Tensor<T> & Fits<TargetShape<S, T>>,
  options?: DiceOptions,
) => Tensor<[], D> = frontDoor('diceLoss', ['logits', 'target'], (logits: Tensor, target: Tensor, { smooth = 1, ignoreIndex, classes }: DiceOptions = {}) => {
  const count = logits.shape[1] ?? 0;
  if (count < 2) fail('dice/classes', `logits ${showType(logits)} tell no classes apart`, 'give [N, C, …] with C ≥ 2.');
  if (
    classes !== undefined &&
    (classes.length === 0 || classes.some((c) => !Number.isInteger(c) || c < 0 || c >= count))
  )
    fail('dice/classes', `[${classes}] are not classes`, `name at least one of 0 to ${count - 1}.`);
  return logits.graph.scope('diceLoss', () => {
    const at = classPositions(logits, target, ignoreIndex);
    const axes = logits.shape.map((_, k) => k).filter((k) => k !== 1);
    const all = softmax(logits, 1);
    const p = ignoreIndex === undefined ? all : select(expandDims(notEqual(target, ignoreIndex), 1), all, 0);
    const chosen = gatherOp({ x: p, at }, { batch: 1 });
    const perClass = (x: Tensor) => sum(scatterOp({ x, at }, { batch: 1, shape: logits.shape.slice(1) }), { axes });
    const both = perClass(chosen);
    const either = add(sum(p, { axes }), perClass(onesLike(chosen)));
    const dice = div(add(mul(both, 2), smooth), add(either, smooth));
    if (classes === undefined) return sub(1, mean(dice));
    const picked = gatherOp(
      { x: dice, at: constant(logits.graph, { dtype: 'i32', shape: [classes.length] }, classes) },
      { batch: 0 },
    );
    return sub(1, mean(picked));
  });
});
