import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { matmul } from '../../linear/matmul.ts';
import { add } from '../../pointwise/add.ts';
import { transpose } from '../../shape/transpose.ts';
import { typed } from '../../typed.ts';
import type { SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { MatmulShape } from '../../types/matmul-shape.ts';
import type { TransposeShape } from '../../types/transpose-shape.ts';
import { composite } from '../composite.ts';

/** x [..., in] · w [out, in]ᵀ + bias [out], a fully connected layer as PyTorch stores it. */
export const linear: <X extends Shape, W extends Shape, D extends DType, E extends DType>(
  x: Tensor<X, D>,
  w: Tensor<W, E> & SameDType<D, E> & Fits<MatmulShape<X, Sized<TransposeShape<W>>>>,
  options?: { readonly bias?: Tensor<Shape, D> },
) => Tensor<Sized<MatmulShape<X, Sized<TransposeShape<W>>>>, D> = typed(
  (x: Tensor, w: Tensor, { bias }: { readonly bias?: Tensor } = {}) =>
    composite('linear', { x, w, bias }, () => {
      const y: Tensor = matmul(x, transpose(w));
      return bias === undefined ? y : add(y, bias);
    }),
);
