import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { sum } from '../../reduce/sum.ts';
import type { Blur } from './blur.ts';
import { quotient } from './quotient.ts';

/** Conjugate gradients on AᵀA·x + noise·x = Aᵀy from x = 0, for every image by itself. */
export function leastSquares(y: Tensor, { forward, adjoint }: Blur, iterations: number, noise: number): Tensor {
  const normal = (x: Tensor): Tensor => {
    const back = adjoint(forward(x));
    return noise === 0 ? back : add(back, mul(x, noise));
  };
  const over = { axes: y.shape.slice(1).map((_, k) => k + 1), keepDims: true };
  const inner = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b), over);
  let residual = adjoint(y);
  let direction = residual;
  let size = inner(residual, residual);
  let x: Tensor | undefined;
  for (let i = 0; i < iterations; i++) {
    const image = normal(direction);
    const step = quotient(size, inner(direction, image));
    const moved = mul(direction, step);
    x = x === undefined ? moved : add(x, moved);
    if (i === iterations - 1) break;
    residual = sub(residual, mul(image, step));
    const next = inner(residual, residual);
    direction = add(residual, mul(direction, quotient(next, size)));
    size = next;
  }
  return x!;
}
