import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { mul } from '../../pointwise/mul.ts';

/**
 * Which direction of a Fourier transform over n elements is divided: the inverse by n (`'backward'`: NumPy, PyTorch, ONNX),
 * the forward one by n (`'forward'`: the seeds' 1/MN), or both by √n (`'ortho'`: lengths are kept).
 */
export type FourierNorm = 'backward' | 'ortho' | 'forward';

/**
 * Scales an unscaled transform.
 *
 * @throws CotangentError `fft/norm` for an unknown one.
 */
export function scaled(y: Tensor, n: number, inverse: boolean, norm: FourierNorm): Tensor {
  switch (norm) {
    case 'ortho':
      return n > 1 ? mul(y, 1 / Math.sqrt(n)) : y;
    case 'backward':
    case 'forward':
      return (norm === 'backward') === inverse && n > 1 ? mul(y, 1 / n) : y;
    default:
      return fail('fft/norm', `unknown norm '${String(norm)}'`, "use 'backward', 'ortho' or 'forward'.");
  }
}
