import type { Tensor } from '../../../graph/tensor.ts';
import { full } from '../../constant/full.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import type { Blur } from './blur.ts';
import { quotient } from './quotient.ts';

/** x ← x · Aᵀ(y / A·x) / Aᵀ1 from ones; `noise` is added to y and A·x, which damps where both are small. */
export function richardsonLucy(
  y: Tensor,
  { shape, forward, adjoint }: Blur,
  iterations: number,
  noise: number,
): Tensor {
  const damped = (t: Tensor): Tensor => (noise === 0 ? t : add(t, noise));
  const weights = adjoint(full(y.graph, y, 1));
  let x: Tensor = full(y.graph, { dtype: y.dtype, shape }, 1);
  for (let i = 0; i < iterations; i++) x = quotient(mul(x, adjoint(quotient(damped(y), damped(forward(x))))), weights);
  return x;
}
