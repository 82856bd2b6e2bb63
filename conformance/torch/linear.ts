import { add, matmul, mul, reshape, sum, type Tensor, transpose } from 'cotangent';
import { type Adapters, binary } from './adapter.ts';

/** Products of vectors and matrices. */
export const linear: Adapters = {
  addmm: ({ input, mat1, mat2 }, { beta = 1, alpha = 1 }) => ({
    output: add(mul(input, beta), mul(matmul(mat1!, mat2!), alpha)),
  }),
  baddbmm: ({ input, batch1, batch2 }, { beta = 1, alpha = 1 }) => ({
    output: add(mul(input, beta), mul(matmul(batch1!, batch2!), alpha)),
  }),
  bmm: ({ input, mat2 }) => ({ output: matmul(input, mat2!) }),
  dot: ({ input, tensor, other }) => ({ output: sum(mul(input, (tensor ?? other)!)) }),
  linear: ({ input, weight, bias }) => {
    const product = matmul(reshape(input, [-1, input.shape.at(-1)!]), transpose(weight!));
    const y = reshape(product, [...input.shape.slice(0, -1), weight!.shape[0]!]);
    return { output: bias === undefined ? y : add(y, bias) };
  },
  matmul: binary((a, b) => product(a, b as Tensor)),
  mm: ({ input, mat2 }) => ({ output: matmul(input, mat2!) }),
  mv: ({ input, vec }) => ({ output: product(input, vec!) }),
  outer: ({ input, vec2 }) => ({ output: mul(reshape(input, [-1, 1]), vec2!) }),
};

/** A vector is a row on the left, a column on the right; that axis is gone in the result. */
export function product(a: Tensor, b: Tensor): Tensor {
  const [row, column] = [a.shape.length === 1, b.shape.length === 1];
  if (!row && !column) return matmul(a, b);
  const y = matmul(row ? reshape(a, [1, -1]) : a, column ? reshape(b, [-1, 1]) : b);
  const kept = row ? y.shape.toSpliced(-2, 1) : [...y.shape];
  return reshape(y, column ? kept.slice(0, -1) : kept);
}
