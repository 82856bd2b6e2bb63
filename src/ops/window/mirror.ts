import type { Tensor } from '../../graph/tensor.ts';
import { flip } from '../shape/flip.ts';
import { reshape } from '../shape/reshape.ts';
import { transpose } from '../shape/transpose.ts';

/**
 * The kernel of the transposed correlation: w[O, I, k…] becomes [groups·I, O/groups, k…], its channels exchanged group
 * by group and every spatial axis reversed.
 */
export function mirror(w: Tensor, groups: number): Tensor {
  const [outputs, inputs, ...window] = w.shape as readonly [number, number, ...number[]];
  const spatial = window.map((_, i) => i);
  const grouped = reshape(w, [groups, outputs / groups, inputs, ...window]);
  const exchanged = transpose(grouped, [0, 2, 1, ...spatial.map((i) => i + 3)]);
  const merged = reshape(exchanged, [groups * inputs, outputs / groups, ...window]);
  return flip(
    merged,
    spatial.map((i) => i + 2),
  );
}
