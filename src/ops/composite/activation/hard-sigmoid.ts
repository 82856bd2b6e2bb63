import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { heldBetween } from './hard-tanh.ts';

/** The line that `hardSigmoid` follows between 0 and 1. */
export interface HardSigmoidOptions {
  /** Its slope: 1/6 unless given, as in PyTorch; ONNX's default is 0.2. */
  readonly alpha?: number;
  /** Its height at 0: ½ unless given. */
  readonly beta?: number;
}

/** alpha · x + beta held between 0 and 1. Its derivatives where it meets them are taken as 0. */
export const hardSigmoid: <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options?: HardSigmoidOptions,
) => Tensor<S, D> = typed((x: Tensor, { alpha = 1 / 6, beta = 0.5 }: HardSigmoidOptions = {}) =>
  composite('hardSigmoid', { x }, () => heldBetween(add(mul(x, alpha), beta), 0, 1)),
);
