import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { frontDoor } from '../../front-door.ts';
import { abs } from '../../pointwise/abs.ts';
import { cast } from '../../pointwise/cast.ts';
import { equal } from '../../pointwise/compare.ts';
import { pow } from '../../pointwise/pow.ts';
import { select } from '../../pointwise/select.ts';
import { sign } from '../../pointwise/sign.ts';
import type { ReduceFunction, ReduceOptions } from '../../reduce/axes.ts';
import { sum } from '../../reduce/sum.ts';
import { absolutePower, root } from '../pooling/lp-power.ts';
import { square } from '../square.ts';
import { max } from './max.ts';
import { min } from './min.ts';

/** Which norm. */
export interface NormOptions {
  /** 2 unless given; 0 counts what is not 0; ±Infinity are the largest and the smallest magnitude. */
  readonly p?: number;
}

/**
 * (Σ|x|^p)^(1/p) over `axes` (all by default); `keepDims` leaves them with size 1. Where a derivative is one-sided or
 * infinite (at zeros) it is taken as 0; the first of several largest magnitudes takes the whole gradient.
 *
 * @throws CotangentError `norm/exponent` for NaN; `argmax/empty` where an infinite norm has nothing to choose from.
 */
export const norm: ReduceFunction<NormOptions> = frontDoor(
  'norm',
  ['x'],
  (x: Tensor, { p = 2, ...over }: NormOptions & ReduceOptions = {}) => x.graph.scope('norm', () => normOf(x, p, over)),
);

function normOf(x: Tensor, p: number, over: ReduceOptions): Tensor {
  if (Number.isNaN(p)) fail('norm/exponent', 'p is NaN', 'give a number; Infinity means the largest magnitude.');
  if (p === Number.POSITIVE_INFINITY) return max(abs(x), over);
  if (p === Number.NEGATIVE_INFINITY) return min(abs(x), over);
  // A count of floats, so that its derivatives are 0 and not refused.
  if (p === 0) return sum(square(sign(x)) as Tensor, over);
  if (p === 1) return sum(abs(x), over);
  if (p > 0) return root(sum(absolutePower(x, p), over), p);
  // |0|^p is infinite for p < 0: a single zero makes the norm 0.
  const none = equal(x, 0);
  const powers = pow(select(none, 1, abs(x)), p) as Tensor;
  const zeros = sum(cast(none, x.dtype) as Tensor, over) as Tensor;
  return select(equal(zeros, 0), pow(sum(powers, over) as Tensor, 1 / p), 0);
}
