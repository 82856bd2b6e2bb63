import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { padOp } from '../../shape/pad-op.ts';

/** x cut at the end of an axis, or zeros put there, so that it holds `length` elements; x itself if it does already. */
export function fitLength(x: Tensor, axis: number, length: number): Tensor {
  checkLength(length, 0);
  const missing = length - x.shape[axis]!;
  if (missing === 0) return x;
  const none = x.shape.map(() => 0);
  return padOp({ x }, { lo: none, hi: none.with(axis, missing), interior: none, value: 0 });
}

/** Refuses what is no length of a transform. */
export function checkLength(length: number, least: number): void {
  if (!Number.isSafeInteger(length) || length < least)
    fail(
      'fft/length',
      `a transform cannot have ${String(length)} elements`,
      `give a whole number of at least ${least}.`,
    );
}
