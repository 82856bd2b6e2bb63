import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { refuse } from '../../refuse.ts';
import { inside, type Outside } from '../../warp/outside.ts';
import type { Row } from '../../window/weight-table.ts';
import { separable } from '../separable.ts';

/**
 * What a filter reads outside: nothing (`zero`), the end elements, the axis mirrored without or with its end elements, or
 * the axis again. Mirrors and repeats go on for ever, so that kernels may be longer than the axis.
 */
export type BlurPadding = Outside | 'circular';

const paddings: readonly string[] = ['zero', 'replicate', 'reflect', 'symmetric', 'circular'];

/** A filter along an axis, and at every how many elements its result is wanted. */
export interface AxisFilter {
  readonly taps: readonly number[];
  readonly stride: number;
}

/** Refuses x without spatial axes, and tells how many there are. */
export function spatialRank(x: Tensor): number {
  if (x.shape.length < 3)
    refuse('blur/rank', { x: `[${x.shape}]` }, 'give x a batch and a channel axis before the spatial ones.');
  return x.shape.length - 2;
}

/**
 * One filter along each axis after batch and channels, all channels alike: ⌈length / stride⌉ results, the first around
 * element 0. The middle tap stands on the element; of an even number the one before the middle.
 *
 * @throws CotangentError `window/empty` for an axis of nothing, `option/value` for an unknown padding.
 */
export function filterAxes(x: Tensor, filters: readonly AxisFilter[], padding: BlurPadding): Tensor {
  if (!paddings.includes(padding))
    fail('option/value', `padding is ${String(padding)}`, `use one of ${paddings.join(', ')}.`);
  const rows = filters.map(({ taps, stride }, i) => {
    const length = x.shape[i + 2]!;
    if (length < 1)
      fail('window/empty', `x has no elements along spatial axis ${i}`, 'only batch and channels may be 0.');
    const before = Math.floor((taps.length - 1) / 2);
    return Array.from({ length: Math.ceil(length / stride) }, (_, p) =>
      rowAt(p * stride - before, taps, length, padding),
    );
  });
  return separable(x, [undefined, undefined, ...rows]);
}

function rowAt(first: number, taps: readonly number[], length: number, padding: BlurPadding): Row {
  const weights = new Map<number, number>();
  taps.forEach((weight, k) => {
    const at = first + k;
    const source = padding === 'circular' ? ((at % length) + length) % length : placed(at, length, padding);
    if (weight !== 0 && source >= 0 && source < length) weights.set(source, (weights.get(source) ?? 0) + weight);
  });
  return [...weights];
}

const placed = (at: number, length: number, padding: Outside): number =>
  at >= 0 && at < length ? at : inside(at, length, padding);
