import type { Pair } from '../composite/padding.ts';
import { checkOutputPadding, transposedLength } from '../composite/transposed/transposed-axes.ts';
import { extent } from '../window/extent.ts';
import { checkWhole } from '../window/step.ts';
import { type WalkedAxis, walkedAxis } from './walked-axis.ts';

/** One axis of a transposed convolution: `length` is that of its input. */
export interface ConvTransposeSizeOptions extends WalkedAxis {
  /** What the convolution that it transposes pads: so much is cut off. Default 0. */
  readonly padding?: number | Pair;
  /** Positions added at the high end; default 0. */
  readonly outputPadding?: number;
}

/**
 * Positions that a transposed convolution has along one axis (operators.md 38):
 * (length − 1)·stride − lo − hi + dilation·(kernel − 1) + 1 + outputPadding.
 *
 * @throws CotangentError `conv-transpose/window` where nothing is left.
 */
export function convTransposeSize({ padding = 0, outputPadding = 0, ...given }: ConvTransposeSizeOptions): number {
  const { length, kernel, stride, dilation } = walkedAxis(given);
  const [lo, hi] = typeof padding === 'number' ? [padding, padding] : padding;
  checkWhole('padding', lo);
  checkWhole('padding', hi);
  checkOutputPadding(outputPadding, stride, dilation, 0);
  return transposedLength({ length, stride, lo, hi, span: extent(kernel, dilation), extra: outputPadding }, 0);
}
