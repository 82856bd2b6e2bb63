export { einsum } from './einsum.ts';
export { type GemmOptions, gemm } from './gemm.ts';
export { linear } from './linear.ts';
