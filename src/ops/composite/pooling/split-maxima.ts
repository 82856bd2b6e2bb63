import { isFloat } from '../../../graph/dtype.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { bool } from '../../../graph/type.ts';
import { constant } from '../../constant/constant.ts';
import { stopGradient } from '../../control/stop-gradient.ts';
import { add } from '../../pointwise/add.ts';
import { and } from '../../pointwise/and.ts';
import { cast } from '../../pointwise/cast.ts';
import { equal, notEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { maximum } from '../../pointwise/maximum.ts';
import { or } from '../../pointwise/or.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { sum } from '../../reduce/sum.ts';
import { reshape } from '../../shape/reshape.ts';
import { patches } from '../patches/patches.ts';
import { flatPositions, type TapTable } from '../patches/tap-table.ts';

/**
 * Window maxima, to the bit as `chosen` gives them, whose gradient equal maxima of a window share evenly: their mean.
 * NaNs are equal to each other here. Integers have no gradient to share.
 */
export function splitMaxima(x: Tensor, chosen: Tensor, tables: readonly TapTable[]): Tensor {
  if (!isFloat(x.dtype)) return chosen;
  const [batch, channels, ...lengths] = x.shape as readonly [number, number, ...number[]];
  const read = patches(x, tables);
  const [taps, ...windows] = read.shape.slice(2) as [number, ...number[]];
  // Who is a maximum changes only in jumps.
  const [seen, greatest]: [Tensor, Tensor] = [stopGradient(read), stopGradient(chosen)];
  const inside: Tensor = constant(
    x.graph,
    bool(taps, ...windows),
    flatPositions(tables, lengths).map((at) => Number(at >= 0)),
  );
  const unordered: Tensor = notEqual(seen, seen);
  const tied: Tensor = and(inside, or(equal(seen, reshape(greatest, [batch, channels, 1, ...windows])), unordered));
  // A window wholly in the padding has no maxima.
  const count = maximum(sum(cast(tied, x.dtype), { axes: 2 }), 1);
  const mean: Tensor = div(sum(select(tied, read, 0), { axes: 2 }), count);
  // The mean of equal numbers may be off by a rounding.
  const rounding = select(notEqual(greatest, mean), sub(greatest, mean), 0);
  return add(mean, stopGradient(rounding));
}
