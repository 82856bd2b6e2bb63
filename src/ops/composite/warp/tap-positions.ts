import type { Tensor } from '../../../graph/tensor.ts';
import { iota } from '../../constant/iota.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { reshape } from '../../shape/reshape.ts';
import type { WindowWalk } from '../../window/window-count.ts';
import { stack } from '../stack.ts';

/**
 * Where the taps of a window stand at its every place, in elements of x: [axes, …taps, …places], in x's dtype. Counted in
 * the graph, so that it grows with no image.
 */
export function tapPositions(x: Tensor, walks: readonly WindowWalk[], places: readonly number[]): Tensor {
  const taps = walks.map(({ window }) => window);
  const rank = walks.length;
  const count = (length: number, axis: number): Tensor =>
    reshape(
      iota(x.graph, { dtype: x.dtype, shape: [length] }, 0),
      Array.from({ length: 2 * rank }, (_, k) => (k === axis ? length : 1)),
    );
  const along = walks.map(({ window, stride, dilation, lo }, k) => {
    const starts = sub(mul(count(places[k]!, rank + k), stride), lo);
    const steps = mul(count(window, k), dilation);
    return broadcastTo(add(starts, steps), [...taps, ...places]);
  });
  return stack(along);
}
