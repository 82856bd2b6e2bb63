import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { pow } from '../../pointwise/pow.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import { linearWindows } from '../../window/linear-windows.ts';
import { composite } from '../composite.ts';
import { square } from '../square.ts';

/** What neighbouring channels do to each other. */
export interface LocalResponseNormOptions {
  /** How many neighbouring channels count, the own one among them. */
  readonly size: number;
  /** Unless given: 1e-4, 0.75 and 1. */
  readonly alpha?: number;
  readonly beta?: number;
  readonly k?: number;
  /** An even size takes one channel more before (`'torch'`, the default) or after (`'onnx'`). */
  readonly convention?: 'torch' | 'onnx';
}

/**
 * x / (k + alpha / size · Σ x² over neighbouring channels)^beta, for x [N, C, …]; channels beyond the ends count as 0.
 *
 * @throws CotangentError `local-response-norm/size` unless the size is a whole number above 0 and x has channels.
 */
export const localResponseNorm: <S extends Shape, D extends DType>(
  x: Tensor<S, D> & Float<D>,
  options: LocalResponseNormOptions,
) => Tensor<S, D> = typed(
  (x: Tensor, { size, alpha = 1e-4, beta = 0.75, k = 1, convention = 'torch' }: LocalResponseNormOptions) =>
    composite('localResponseNorm', { x }, () => {
      const channels = x.shape[1];
      if (channels === undefined || !(Number.isInteger(size) && size > 0))
        fail(
          'local-response-norm/size',
          `${String(size)} neighbouring channels of ${showType(x)}`,
          'give x the form [N, C, …] and a whole size of at least 1.',
        );
      const before = Math.floor((convention === 'torch' ? size : size - 1) / 2);
      const rows = Array.from({ length: channels }, (_, c) =>
        Array.from({ length: size }, (_, t) => [c - before + t, alpha / size] as const).filter(
          ([source]) => source >= 0 && source < channels,
        ),
      );
      return mul(x, pow(add(linearWindows(square(x), 1, rows), k), -beta) as Tensor);
    }),
);
