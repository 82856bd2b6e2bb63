import { matmul, reshape, type Tensor } from 'cotangent';

/** A matrix product in which a vector is a row on the left, a column on the right; that axis is gone in the result. */
export function vectorProduct(a: Tensor, b: Tensor): Tensor {
  const [row, column] = [a.shape.length === 1, b.shape.length === 1];
  if (!row && !column) return matmul(a, b);
  const y = matmul(row ? reshape(a, [1, -1]) : a, column ? reshape(b, [-1, 1]) : b);
  const kept = row ? y.shape.toSpliced(-2, 1) : [...y.shape];
  return reshape(y, column ? kept.slice(0, -1) : kept);
}
