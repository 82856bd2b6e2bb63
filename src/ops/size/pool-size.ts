import { poolAxis } from '../composite/pool-axes.ts';
import { type AxisPadding, axisPadding, type WalkedAxis, walkedAxis } from './walked-axis.ts';

/** One axis of a pooling. */
export interface PoolSizeOptions extends WalkedAxis {
  /** Default: the kernel's size. */
  readonly stride?: number;
  /** Default 0. */
  readonly padding?: AxisPadding;
  /** Whether a last window that reaches beyond the padding counts, as long as it does not begin in it. Default false. */
  readonly ceil?: boolean;
}

/**
 * Windows that a pooling has along one axis: as many as a convolution has positions, or rounded up; a window that would
 * begin in the high padding does not count then (PyTorch's rule, and ONNX's since version 22).
 *
 * @throws CotangentError `pool/window` where no window fits.
 */
export function poolSize({ padding = 0, ceil = false, stride, ...given }: PoolSizeOptions): number {
  const axis = walkedAxis({ ...given, stride: stride ?? given.kernel });
  return poolAxis({ ...axis, window: axis.kernel }, axisPadding(padding, axis), ceil, 0).count;
}
