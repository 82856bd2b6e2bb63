import type { Dict, MultiplyAdds } from '../../graph/op.ts';
import type { Type } from '../../graph/type.ts';
import type { ConvAttributes, ConvAxis } from './conv.ts';

/**
 * The products of a correlation. By formula, y's positions times taps (H·W·C_out·k²·C_in/groups), or x's positions times
 * taps along an axis whose input is dilated: what papers count for transposed convolutions.
 */
export function convMultiplyAdds(
  { x, w, y }: Dict<'x' | 'w' | 'y', Type>,
  { axes }: Pick<ConvAttributes, 'axes'>,
): MultiplyAdds {
  const lead = y.shape[0]! * y.shape[1]! * w.shape[1]!;
  let [exact, formula] = [lead, lead];
  axes.forEach((axis, i) => {
    const [size, window, positions] = [x.shape[i + 2]!, w.shape[i + 2]!, y.shape[i + 2]!];
    exact *= pairsInside(axis, size, window, positions);
    formula *= (axis.xDilation > 1 ? size : positions) * window;
  });
  return { exact, formula };
}

/** Pairs of an output position and a tap that meet an element of x. */
function pairsInside({ stride, lo, xDilation, wDilation }: ConvAxis, size: number, window: number, positions: number) {
  let count = 0;
  for (let p = 0; p < positions; p++)
    for (let k = 0; k < window; k++) {
      const q = (p * stride + k * wDilation - lo) / xDilation;
      if (q >= 0 && q < size && Number.isInteger(q)) count++;
    }
  return count;
}
