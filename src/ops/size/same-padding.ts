import { fail } from '../../graph/error.ts';
import type { Pair } from '../composite/padding.ts';
import { extent } from '../window/extent.ts';
import { checkStep } from '../window/step.ts';
import { type WalkedAxis, walkedAxis } from './walked-axis.ts';

/** What `samePadding` is asked for. */
export interface SamePaddingOptions extends WalkedAxis {
  /** Positions that the result shall have; default ⌈length / stride⌉. */
  readonly size?: number;
  /**
   * Where the odd element of an uneven total stands: at the high end (`'upper'`, the default) or at the low end. With
   * `'refuse'` an uneven total is impossible; with `'even'` one more element makes it even, where the size stays.
   */
  readonly odd?: 'upper' | 'lower' | 'refuse' | 'even';
}

/**
 * The least zero padding with which a convolution has `size` positions (operators.md 61), as elements before and after;
 * `'impossible'` where none of at least 0 does it: the size is too small for the axis, or the ends cannot be even.
 * Seeds' formula p = ((size − 1)·stride − length + kernel) / 2 is its total, halved.
 *
 * @throws CotangentError `window/step` for sizes that are no whole numbers of at least 1, `option/value` for another `odd`.
 */
export function samePadding({ size, odd = 'upper', ...given }: SamePaddingOptions): Pair | 'impossible' {
  const { length, kernel, stride, dilation } = walkedAxis(given);
  const count = size ?? Math.ceil(length / stride);
  checkStep('size', count);
  // Every total from here to stride − 1 more gives that many positions.
  const exact = (count - 1) * stride + extent(kernel, dilation) - length;
  const least = Math.max(0, exact);
  if (exact + stride - 1 < least) return 'impossible';
  switch (odd) {
    case 'upper':
      return [Math.floor(least / 2), Math.ceil(least / 2)];
    case 'lower':
      return [Math.ceil(least / 2), Math.floor(least / 2)];
    case 'refuse':
      return least % 2 === 0 ? [least / 2, least / 2] : 'impossible';
    case 'even': {
      const total = least % 2 === 0 ? least : least + 1;
      return total > exact + stride - 1 ? 'impossible' : [total / 2, total / 2];
    }
    default:
      return fail('option/value', `odd is ${String(odd)}`, "use 'upper', 'lower', 'refuse' or 'even'.");
  }
}
