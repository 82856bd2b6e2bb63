import { windowCount } from '../window/window-count.ts';
import { type AxisPadding, axisPadding, type WalkedAxis, walkedAxis } from './walked-axis.ts';

/** One axis of a convolution. */
export interface ConvSizeOptions extends WalkedAxis {
  /** Default 0. */
  readonly padding?: AxisPadding;
}

/**
 * Positions that a convolution has along one axis (operators.md 9, 50, 60):
 * ⌊(length + lo + hi − dilation·(kernel − 1) − 1) / stride⌋ + 1.
 *
 * @throws CotangentError `conv/window` where no window fits.
 */
export function convSize({ padding = 0, ...given }: ConvSizeOptions): number {
  const axis = walkedAxis(given);
  const [lo, hi] = axisPadding(padding, axis);
  return windowCount('conv/window', { ...axis, window: axis.kernel, lo, hi }, 0);
}
