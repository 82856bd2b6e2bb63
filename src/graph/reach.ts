import type { Type } from './type.ts';

/**
 * Where along an axis of an input the elements stand that an element of the result reads, by its index p on the result's
 * axis `axis`: every whole q with q·spread = p·stride + k·step − lo, 0 ≤ k < taps. What is outside the input is padding.
 */
export interface WindowReach {
  readonly kind: 'window';
  readonly axis: number;
  readonly stride: number;
  readonly lo: number;
  readonly spread: number;
  readonly taps: number;
  readonly step: number;
  /** Outside stands not padding but another input. */
  readonly bounded?: boolean;
}

/** One axis of an input. */
export type AxisReach =
  | WindowReach
  /** Every element, whatever the index. */
  | { readonly kind: 'all' }
  /** As listed for each index on the result's axis `axis`. */
  | {
      readonly kind: 'rows';
      readonly axis: number;
      row(this: void, index: number): readonly number[];
      /** The list follows no order that could be continued beyond its ends. */
      readonly bounded?: boolean;
    };

/** Which elements of an input an element of the result reads, or may read. */
export type Reach =
  /** Axis by axis: the product of what is said of each axis of the input. */
  | { readonly kind: 'axes'; readonly axes: readonly AxisReach[] }
  /** The element at the same row-major position. */
  | { readonly kind: 'position' }
  /** The one at the flat position, after `batch` shared axes, that the input `by` holds for it. */
  | { readonly kind: 'pointed'; readonly by: string; readonly batch: number }
  /** Those for which `by` may hold the same flat position, after `batch` shared axes, as for the element of the same index. */
  | { readonly kind: 'sharing'; readonly by: string; readonly batch: number }
  /** Those for which the input `by` holds its flat position, after `batch` shared axes. */
  | { readonly kind: 'pointing'; readonly by: string; readonly batch: number }
  /**
   * On axes 0 and 1 the same index, then elements nearer than `radius` to the positions `by`[B, axes, M], or at most as
   * far for ½; `place` says where an element outside stands, itself if nowhere.
   */
  | {
      readonly kind: 'sampled';
      readonly by: string;
      readonly axes: readonly { readonly radius: number; place(this: void, at: number): number }[];
    }
  /**
   * On axis 1 the same index; for k on the result's axis 0, on the input's axis 0 and those from 2 on what row k of the
   * input `by` says: (n, lo, hi, lo, hi, …), hi not included, parts outside cut off.
   */
  | { readonly kind: 'boxed'; readonly by: string }
  | { readonly kind: 'none' };

/** Along one axis of the result; by default the element of the same index. */
export const along = (axis: number, window: Partial<Omit<WindowReach, 'kind' | 'axis'>> = {}): WindowReach => ({
  kind: 'window',
  axis,
  stride: 1,
  lo: 0,
  spread: 1,
  taps: 1,
  step: 1,
  ...window,
});

/** Every input's element of the same index, as pointwise operators read. */
export function eachElement(types: { readonly [name: string]: Type; readonly y: Type }): {
  readonly [input: string]: Reach;
} {
  const same: Reach = { kind: 'axes', axes: types.y.shape.map((_, axis) => along(axis)) };
  return Object.fromEntries(Object.keys(types).flatMap((key) => (key === 'y' ? [] : [[key, same]])));
}
