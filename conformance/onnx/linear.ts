import { einsum, gemm, matmul } from 'cotangent';
import type { OnnxAdapters } from './adapter.ts';

/** Products of vectors and matrices. */
export const linear: OnnxAdapters = {
  Einsum: (node) => einsum(node.text<string>('equation'), node.all()),
  Gemm: (node) => {
    const c = node.optional(2);
    return gemm(node.x(0), node.x(1), {
      ...(c === undefined ? {} : { c }),
      alpha: node.float('alpha', 1),
      beta: node.float('beta', 1),
      transposeA: node.flag('transA'),
      transposeB: node.flag('transB'),
    });
  },
  MatMul: (node) => matmul(node.x(0), node.x(1)),
};
