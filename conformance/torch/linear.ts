import { add, matmul, mul, reshape, sum, type Tensor, transpose } from 'cotangent';
import { vectorProduct } from '../compose/vector-product.ts';
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
  matmul: binary((a, b) => vectorProduct(a, b as Tensor)),
  mm: ({ input, mat2 }) => ({ output: matmul(input, mat2!) }),
  mv: ({ input, vec }) => ({ output: vectorProduct(input, vec!) }),
  outer: ({ input, vec2 }) => ({ output: mul(reshape(input, [-1, 1]), vec2!) }),
};
