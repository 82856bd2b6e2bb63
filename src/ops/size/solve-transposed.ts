import type { Pair } from '../composite/padding.ts';
import { extent } from '../window/extent.ts';
import { checkStep, checkWhole } from '../window/step.ts';
import { type WalkedAxis, walkedAxis } from './walked-axis.ts';

/** What `solveTransposed` is asked for. */
export interface SolveTransposedOptions extends WalkedAxis {
  /** Positions that the result shall have. */
  readonly size: number;
  /** What is cut off at both ends, or at each; left out, it is solved for. */
  readonly padding?: number | Pair;
  /** Positions added at the high end; left out, it is solved for. */
  readonly outputPadding?: number;
}

/** Options of a transposed convolution that give the wanted size. */
export interface TransposedSolution {
  readonly padding: Pair;
  readonly outputPadding: number;
}

/**
 * Every choice of padding (the same at both ends, or one more at the high end) and output padding with which a
 * transposed convolution has `size` positions along an axis (operators.md 38): the smallest output padding first. What
 * is given stays as it is. Empty where it is impossible.
 *
 * @throws CotangentError `window/step` or `window/whole` for what is no whole number.
 */
export function solveTransposed(options: SolveTransposedOptions): TransposedSolution[] {
  const { size, padding, outputPadding, ...given } = options;
  const { length, kernel, stride, dilation } = walkedAxis(given);
  checkStep('size', size);
  const whole = extent(length, stride) - 1 + extent(kernel, dilation);
  const extras =
    outputPadding === undefined ? Array.from({ length: Math.max(stride, dilation) }, (_, k) => k) : [outputPadding];
  return extras.flatMap((extra): TransposedSolution[] => {
    checkWhole('outputPadding', extra);
    const total = whole + extra - size;
    if (padding === undefined)
      return total < 0 ? [] : [{ padding: [Math.floor(total / 2), Math.ceil(total / 2)], outputPadding: extra }];
    const [lo, hi] = typeof padding === 'number' ? [padding, padding] : padding;
    checkWhole('padding', lo);
    checkWhole('padding', hi);
    const possible = total === lo + hi && extra >= 0 && extra < Math.max(stride, dilation);
    return possible ? [{ padding: [lo, hi], outputPadding: extra }] : [];
  });
}
