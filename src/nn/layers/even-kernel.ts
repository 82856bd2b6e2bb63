import { fail } from '../../graph/error.ts';
import type { PerAxis } from './option.ts';
import { wholePair } from './whole-pair.ts';

/** Options of a transposed convolution. */
export interface EvenKernel {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly outputPadding: readonly [number, number];
}

/**
 * Kernel and padding of a transposed convolution without checkerboard (operators.md 39): a kernel of `multiple` times the
 * stride touches every output equally often, and the result is exactly `stride` times as large. Spread it into the options
 * of `convTranspose2d` or `convTransposeLayer`.
 *
 * @throws CotangentError `option/value` for numbers that are not whole or below 1, and for an even multiple of stride 1.
 */
export function evenKernel(stride: PerAxis, multiple = 2): EvenKernel {
  const strides = wholePair('stride', stride);
  const [times] = wholePair('multiple', multiple);
  const excess = strides.map((s) => (times - 1) * s) as [number, number];
  const padding = excess.map((e) => Math.ceil(e / 2)) as [number, number];
  const outputPadding = excess.map((e, i) => 2 * padding[i]! - e) as [number, number];
  if (strides.some((s, i) => outputPadding[i]! >= s))
    fail(
      'option/value',
      `a kernel of ${times} taps of stride 1 has no middle`,
      'use an odd multiple where the stride is 1.',
    );
  return { kernel: strides.map((s) => times * s) as [number, number], stride: strides, padding, outputPadding };
}
