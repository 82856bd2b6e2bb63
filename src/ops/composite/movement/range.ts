import type { GraphBuilder } from '../../../graph/builder.ts';
import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { iota } from '../../constant/iota.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';

/** From where to where `range` counts. */
export interface RangeOptions<D extends DType> {
  readonly dtype: D;
  /** The first number: 0 unless given. */
  readonly start?: number;
  /** Where to stop; itself not reached. */
  readonly limit: number;
  /** 1 unless given; may be negative. */
  readonly step?: number;
}

/**
 * start, start + step, … up to the limit: ⌈(limit − start) / step⌉ numbers, none where the limit lies behind the start.
 *
 * @throws CotangentError `range/step` for a step of 0 or a range that does not end.
 */
export const range = <D extends DType>(
  g: GraphBuilder,
  { dtype, start = 0, limit, step = 1 }: RangeOptions<D>,
): Tensor<[number], D> =>
  g.scope('range', () => {
    const count = Math.max(0, Math.ceil((limit - start) / step));
    if (step === 0 || !Number.isFinite(count))
      fail(
        'range/step',
        `from ${start} to ${limit} in steps of ${step}`,
        'give finite numbers and a step other than 0.',
      );
    const counted: Tensor<[number], D> = iota(g, { dtype, shape: [count] }, 0);
    const stepped = step === 1 ? counted : mul(counted, step);
    return (start === 0 ? stepped : add(stepped as Tensor, start)) as Tensor as Tensor<[number], D>;
  });
