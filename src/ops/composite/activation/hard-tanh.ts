import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { greaterEqual, lessEqual } from '../../pointwise/compare.ts';
import { select } from '../../pointwise/select.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/**
 * x held between low (−1 unless given) and high (1 unless given); NaN stays. Unlike those of `clip`, its derivatives at
 * both bounds are taken as 0, as PyTorch does.
 *
 * @throws CotangentError `activation/bounds` unless low < high.
 */
export const hardTanh: <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  low?: number,
  high?: number,
) => Tensor<S, D> = typed((x: Tensor, from?: number, to?: number) =>
  composite('hardTanh', { x }, () => {
    const [low, high] = [from ?? -1, to ?? 1];
    if (!(low < high)) fail('activation/bounds', `nothing lies between ${low} and ${high}`, 'give low < high.');
    return heldBetween(x, low, high);
  }),
);

/** x strictly between two bounds, elsewhere the nearest one: the derivatives at the bounds are 0. */
export function heldBetween(x: Tensor, low: number, high: number): Tensor {
  const below: Tensor = select(lessEqual(x, low), low, x);
  return select(greaterEqual(x, high), high, below);
}
