import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { refuse } from '../../refuse.ts';
import { extent } from '../../window/extent.ts';
import type { ConvTransposeOptions } from '../conv-transpose-nd.ts';
import { paddingPairs } from '../padding.ts';
import { perAxis } from '../per-axis.ts';

/** One axis of a transposed convolution: what it is made of, and how long the result is. */
export interface TransposedAxis {
  /** Of x: the output of the convolution that this one transposes. */
  readonly length: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  /** Cut off the result before and after; below 0, zeros are added. */
  readonly lo: number;
  readonly hi: number;
  /** Positions added at the high end, which stamps may reach. */
  readonly extra: number;
  /** What a window spans. */
  readonly span: number;
  /** Of the result: the input of the convolution that this one transposes. */
  readonly size: number;
}

/** Options of a transposed convolution written out for every spatial axis. */
export function transposedAxes(x: Tensor, w: Tensor, rank: number, options: ConvTransposeOptions): TransposedAxis[] {
  const stride = perAxis('stride', options.stride ?? 1, rank);
  const dilation = perAxis('dilation', options.dilation ?? 1, rank);
  const outputPadding = perAxis('outputPadding', options.outputPadding ?? 0, rank, 0);
  return paddingPairs(options.padding ?? 0, rank).map(([lo, hi], i) => {
    const [length, window] = [x.shape[i + 2]!, w.shape[i + 2]!];
    if (length < 1 || window < 1)
      fail(
        'window/empty',
        `${length < 1 ? 'x' : 'the window'} has no elements along spatial axis ${i}`,
        'give every spatial axis at least one element; only batch and channels may be 0.',
      );
    checkOutputPadding(outputPadding[i]!, stride[i]!, dilation[i]!, i);
    const span = extent(window, dilation[i]!);
    const axis = { length, window, stride: stride[i]!, dilation: dilation[i]!, lo, hi, extra: outputPadding[i]!, span };
    return { ...axis, size: transposedLength(axis, i) };
  });
}

/** (length − 1)·stride − lo − hi + span + extra along spatial axis `i`; refuses a result of nothing. */
export function transposedLength(axis: Omit<TransposedAxis, 'size' | 'window' | 'dilation'>, i: number): number {
  const { length, stride, lo, hi, span, extra } = axis;
  const result = extent(length, stride) - 1 - lo - hi + span + extra;
  if (result < 1)
    refuse('conv-transpose/window', { axis: i, size: length, result }, 'pad less, or use a larger kernel or stride.');
  return result;
}

/** Refuses output padding along spatial axis `i` that no convolution would have swallowed. */
export function checkOutputPadding(extra: number, stride: number, dilation: number, i: number): void {
  if (!Number.isSafeInteger(extra) || extra < 0 || extra >= Math.max(stride, dilation))
    fail(
      'conv-transpose/output-padding',
      `outputPadding ${String(extra)} is not from 0 to below stride ${stride} or dilation ${dilation} along spatial axis ${i}`,
      'lower it: larger ones would only add the bias.',
    );
}
