import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { sqrt } from '../../pointwise/sqrt.ts';
import { sub } from '../../pointwise/sub.ts';
import { mean } from '../reduce/mean.ts';
import { square } from '../square.ts';

/** (x − mean) / √(variance + epsilon), mean and (biased) variance over some axes of x itself. */
export function standardise(x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const over = { axes, keepDims: true };
  const centred: Tensor = sub(x, mean(x, over) as Tensor);
  return div(centred, sqrt(add(mean(square(centred), over) as Tensor, epsilon)));
}

/** gamma · x + beta, either left out where it is not given. */
export function scaleAndShift(x: Tensor, gamma: Tensor | undefined, beta: Tensor | undefined): Tensor {
  const scaled: Tensor = gamma === undefined ? x : mul(x, gamma);
  return beta === undefined ? scaled : add(scaled, beta);
}
