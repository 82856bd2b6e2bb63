import { fail } from '../../../graph/error.ts';
import { type Shape, sameShape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32, showType } from '../../../graph/type.ts';
import { iota } from '../../constant/iota.ts';
import { add } from '../../pointwise/add.ts';
import { equal, greaterEqual, less } from '../../pointwise/compare.ts';
import { mul } from '../../pointwise/mul.ts';
import { or } from '../../pointwise/or.ts';
import { select } from '../../pointwise/select.ts';
import { refuse } from '../../refuse.ts';
import { reshape } from '../../shape/reshape.ts';

/**
 * Where each target class stands among the scores [N, C, …]: flat positions in one sample's [C, …], of the target's
 * shape [N, …]; −1 for the ignored class. A class that does not exist gets a position that `gather` and `scatter` refuse.
 *
 * @throws CotangentError `target/dtype` unless the target is i32, `target/shape` unless it has one class per place.
 */
export function classPositions(scores: Tensor, target: Tensor, ignoreIndex?: number): Tensor<Shape, 'i32'> {
  const { dtype, shape } = target;
  const [classes, ...spatial] = scores.shape.slice(1);
  if (classes === undefined)
    fail('target/rank', `scores ${showType(scores)} have no class axis`, 'give them the form [N, C, …].');
  if (dtype !== 'i32')
    fail('target/dtype', `the target is ${showType(target)}, not class indices`, "cast it: cast(target, 'i32').");
  const needed = [scores.shape[0]!, ...spatial];
  if (!sameShape(shape, needed))
    refuse('target/shape', { target: shape, logits: scores.shape, needed }, 'give one class index per place.');
  const places = sizeOf(spatial);
  const labels = target as Tensor<Shape, 'i32'>;
  const plane = reshape(iota(target.graph, i32(places), 0), spatial);
  const known = add(mul(labels, places), plane);
  const wrong = or(less(labels, 0), greaterEqual(labels, classes));
  const checked = select(wrong, -2, known);
  return ignoreIndex === undefined ? checked : select(equal(labels, ignoreIndex), -1, checked);
}
