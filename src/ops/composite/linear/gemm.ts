import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { matmul } from '../../linear/matmul.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { transpose } from '../../shape/transpose.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** How `gemm` scales and turns. */
export interface GemmOptions<D extends DType = DType> {
  /** Added to the product; broadcasts to it. */
  readonly c?: Tensor<Shape, D>;
  /** Factors of the product and of c: 1 unless given. */
  readonly alpha?: number;
  readonly beta?: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** alpha · a · b + beta · c of matrices, either of the first two turned first: ONNX's Gemm. */
export const gemm: <D extends DType>(
  a: Tensor<Shape, D>,
  b: Tensor<Shape, D>,
  options?: GemmOptions<D>,
) => Tensor<Shape, D> = typed(
  (a: Tensor, b: Tensor, { c, alpha = 1, beta = 1, transposeA = false, transposeB = false }: GemmOptions = {}) =>
    composite('gemm', { a, b, c }, () => {
      const product: Tensor = matmul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b);
      const scaled: Tensor = alpha === 1 ? product : mul(product, alpha);
      if (c === undefined) return scaled;
      return add(scaled, beta === 1 ? c : (mul(c, beta) as Tensor));
    }),
);
