import type { Pair } from '../composite/padding.ts';
import { extent } from '../window/extent.ts';
import { checkStep } from '../window/step.ts';
import { type WalkedAxis, walkedAxis } from './walked-axis.ts';

/** What `transposedPadding` is asked for. */
export interface TransposedPaddingOptions extends WalkedAxis {
  /** Positions that the result shall have; default length · stride, which undoes a same-padded convolution. */
  readonly size?: number;
  readonly outputPadding?: number;
  /** Where the odd element of an uneven total is cut off; default `'lower'`, as ONNX does it unless told SAME_UPPER. */
  readonly odd?: 'upper' | 'lower';
}

/**
 * The padding with which a transposed convolution has exactly `size` positions along an axis, by ONNX's rule for
 * `output_shape` and `auto_pad`. Where the result must be longer than the stamps reach, the high end gets negative
 * padding: zeros stand there.
 */
export function transposedPadding(options: TransposedPaddingOptions): Pair {
  const { size, outputPadding = 0, odd = 'lower', ...given } = options;
  const { length, kernel, stride, dilation } = walkedAxis(given);
  const count = size ?? length * stride;
  checkStep('size', count);
  const total = extent(length, stride) - 1 + extent(kernel, dilation) + outputPadding - count;
  if (total < 0) return [0, total];
  return odd === 'upper'
    ? [Math.floor(total / 2), Math.ceil(total / 2)]
    : [Math.ceil(total / 2), Math.floor(total / 2)];
}
