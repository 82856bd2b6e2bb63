import { fail } from '../../graph/error.ts';
import { refuse } from '../refuse.ts';
import { extent } from './extent.ts';

/** A window of `window` taps that moves along one padded axis. */
export interface WindowWalk {
  readonly length: number;
  readonly window: number;
  readonly stride: number;
  readonly lo: number;
  readonly hi: number;
  readonly dilation: number;
  /** Distance of the input's elements; 1 when left out. */
  readonly xDilation?: number;
}

/**
 * Windows that fit along spatial axis `axis`: ⌊(extent(length) + lo + hi − extent(window)) / stride⌋ + 1.
 *
 * @throws CotangentError with the given code when none does, `window/empty` for an axis or a window of nothing.
 */
export function windowCount(code: 'conv/window' | 'pool/window', walk: WindowWalk, axis: number): number {
  const { length, window, stride, lo, hi, dilation, xDilation = 1 } = walk;
  if (length < 1 || window < 1)
    fail(
      'window/empty',
      `${length < 1 ? 'x' : 'the window'} has no elements along spatial axis ${axis}`,
      'give every spatial axis at least one element; only batch and channels may be 0.',
    );
  const have = extent(length, xDilation) + lo + hi;
  const need = extent(window, dilation);
  if (have < need)
    refuse(
      code,
      { axis, need, have },
      `pad that axis by ${need - have} more, give a longer x, or use a shorter window or less dilation.`,
    );
  return Math.floor((have - need) / stride) + 1;
}
