import { add, matmul, mul, type Tensor, transpose } from 'cotangent';
import { vectorProduct } from '../compose/vector-product.ts';
import type { OnnxAdapters } from './adapter.ts';

/** Products of vectors and matrices. */
export const linear: OnnxAdapters = {
  Gemm: (node) => {
    const turned = (input: number, name: string): Tensor =>
      node.flag(name) ? transpose(node.x(input), [1, 0]) : node.x(input);
    const product = mul(matmul(turned(0, 'transA'), turned(1, 'transB')), node.float('alpha', 1));
    return node.has(2) ? add(product, mul(node.x(2), node.float('beta', 1))) : product;
  },
  MatMul: (node) => vectorProduct(node.x(0), node.x(1)),
};
