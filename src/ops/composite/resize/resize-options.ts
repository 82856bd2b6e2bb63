import type { PerAxis } from '../per-axis.ts';
import type { Rounding } from './resize-filter.ts';
import type { ResizeMode } from './resize-mode.ts';
import type { Coordinates, Region } from './resize-positions.ts';

/** Whether `size` is met on every axis, or one factor serves all and no axis gets larger, or none smaller, than asked. */
export type KeepAspect = 'stretch' | 'not_larger' | 'not_smaller';

/**
 * Options of `resize`, `resize1d`, `resize2d`, `resize3d` (operators.md 30–33): `size` or `scale`, not both. Literal ones
 * count in the type of the result.
 */
export interface ResizeOptions<
  Size extends PerAxis = PerAxis,
  Scale extends PerAxis = PerAxis,
  Keep extends KeepAspect = KeepAspect,
> {
  /** Length of every resized axis of the result. */
  readonly size?: Size;
  /** Factors: the result has ⌊length · scale⌋ elements, and the sampling step is exactly 1 / scale. */
  readonly scale?: Scale;
  readonly mode: ResizeMode;
  /** Where output positions lie in the input; default `'half_pixel'`. */
  readonly coordinates?: Coordinates;
  /** For `nearest`: which neighbour; default `'round_prefer_floor'`. */
  readonly rounding?: Rounding;
  /**
   * Makes the kernel as many times wider as the axis shrinks, and its weights sum to 1, so that details too fine for the
   * result are averaged instead of aliased. Default true for `lanczos`, false for others; not for `nearest` and `area`.
   */
  readonly antialias?: boolean;
  /** Leaves out what the kernel would read outside, in place of repeating the end elements; default false. */
  readonly excludeOutside?: boolean;
  /** With `size`; default `'stretch'`. With another rule the lengths are rounded, halves up. */
  readonly keepAspect?: Keep;
  /** With `scale`: positions as if the rounded lengths had been given as `size`; default false. */
  readonly recompute?: boolean;
  /** With `tf_crop_and_resize`: which part of each axis is read, [start, end]; 0 and 1 are its first and last elements. */
  readonly regions?: readonly Region[];
  /** With `tf_crop_and_resize`: the result where a region reaches beyond x; default 0. */
  readonly extrapolation?: number;
}
