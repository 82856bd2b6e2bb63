import { concat, full, mul, reshape, type Tensor, transpose } from 'cotangent';
import { range } from './range.ts';

/** The product over some axes, which vanish; halves are multiplied until one element is left, so zeros do no harm to gradients. */
export function product(x: Tensor, axes: readonly number[]): Tensor {
  const kept = x.shape.map((_, k) => k).filter((k) => !axes.includes(k));
  const shape = kept.map((k) => x.shape[k]!);
  const count = axes.reduce((n, k) => n * x.shape[k]!, 1);
  if (count === 0) return full(x.graph, { dtype: x.dtype, shape }, 1);
  let y: Tensor = reshape(transpose(x, [...kept, ...axes]), [...shape, count]);
  while (y.shape.at(-1)! > 1) {
    const [half, odd] = [Math.floor(y.shape.at(-1)! / 2), y.shape.at(-1)! % 2 === 1];
    const pairs: Tensor = mul(range(y, -1, 0, half), range(y, -1, half, 2 * half));
    y = odd ? concat([pairs, range(y, -1, 2 * half, 2 * half + 1)], -1) : pairs;
  }
  return reshape(y, shape);
}
