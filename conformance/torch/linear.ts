import {
  add,
  div,
  einsum,
  linear as fullyConnected,
  matmul,
  maximum,
  mul,
  norm,
  reshape,
  sum,
  type Tensor,
} from 'cotangent';
import { type Adapter, type Adapters, given, listed } from './adapter.ts';

/** Products of vectors and matrices. */
export const linear: Adapters = {
  addmm: ({ input, mat1, mat2 }, factors) => ({ output: scaled(input, matmul(mat1!, mat2!), factors) }),
  addmv: ({ input, mat, vec }, factors) => ({ output: scaled(input, matmul(mat!, vec!), factors) }),
  baddbmm: ({ input, batch1, batch2 }, factors) => ({ output: scaled(input, matmul(batch1!, batch2!), factors) }),
  bilinear: ({ input1, input2, weight, bias }) => {
    const y = einsum('...i,oij,...j->...o', [input1!, weight!, input2!]);
    return { output: bias === undefined ? y : add(y, bias) };
  },
  bmm: ({ input, mat2 }) => ({ output: matmul(input, mat2!) }),
  cosine_similarity: ({ x1, x2 }, { dim = 1, eps = 1e-8 }) => {
    const size = (x: Tensor): Tensor => maximum(norm(x, { axes: dim }), eps);
    return { output: div(sum(mul(x1!, x2!), { axes: dim }), mul(size(x1!), size(x2!))) };
  },
  dot: ({ input, other }) => ({ output: matmul(input, other!) }),
  einsum: (inputs, { equation }) => ({ output: einsum(equation, listed(inputs, 'operands')) }),
  linear: ({ input, weight, bias }) => ({ output: fullyConnected(input, weight!, given({ bias })) }),
  matmul: ({ input, other }) => ({ output: matmul(input, other!) }),
  mm: ({ input, mat2 }) => ({ output: matmul(input, mat2!) }),
  mv: ({ input, vec }) => ({ output: matmul(input, vec!) }),
  outer: ({ input, vec2 }) => ({ output: mul(reshape(input, [-1, 1]), vec2!) }),
};

const scaled = (x: Tensor, product: Tensor, { beta = 1, alpha = 1 }: Parameters<Adapter>[1]): Tensor =>
  add(mul(x, beta), mul(product, alpha));
