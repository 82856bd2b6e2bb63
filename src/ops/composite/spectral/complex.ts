import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import { Tensor } from '../../../graph/tensor.ts';
import { sameType, showType } from '../../../graph/type.ts';
import { padOp } from '../../shape/pad-op.ts';
import { reshape } from '../../shape/reshape.ts';
import { slice } from '../../shape/slice.ts';
import { stack } from '../stack.ts';

/** Complex numbers as two tensors of one type. */
export interface Complex<S extends Shape = Shape, D extends DType = DType> {
  readonly real: Tensor<S, D>;
  readonly imag: Tensor<S, D>;
}

/** The parts by name, as errors show them. */
export const partsOf = (z: Complex | Tensor): { readonly [name: string]: Tensor } =>
  z instanceof Tensor ? { x: z } : { real: z.real, imag: z.imag };

/** Complex numbers, or real ones with no imaginary part, as the pairs along a last axis that `dft` takes. */
export function pairsOf(z: Complex | Tensor): Tensor {
  if (z instanceof Tensor) {
    const none = z.shape.map(() => 0);
    const alone = reshape(z, [...z.shape, 1]);
    return padOp({ x: alone }, { lo: [...none, 0], hi: [...none, 1], interior: [...none, 0], value: 0 });
  }
  if (!sameType(z.real, z.imag))
    fail(
      'fft/parts',
      `the real part is ${showType(z.real)}, the imaginary part ${showType(z.imag)}`,
      'give both parts one shape and one dtype.',
    );
  return stack([z.real, z.imag], -1);
}

/** Real and imaginary part of pairs. */
export const complexOf = (pairs: Tensor): Complex => ({ real: partOf(pairs, 0), imag: partOf(pairs, 1) });

/** One part of pairs: 0 the real, 1 the imaginary one. */
export function partOf(pairs: Tensor, part: 0 | 1): Tensor {
  const shape = pairs.shape.slice(0, -1);
  const starts = [...shape.map(() => 0), part];
  return reshape(slice(pairs, { starts, limits: [...shape, part + 1] }), shape);
}
