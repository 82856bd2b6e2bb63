import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import { along, type Reach } from '../../graph/reach.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { showType, type Type } from '../../graph/type.ts';
import { refuse } from '../refuse.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { ReduceShape } from '../types/reduce-shape.ts';

/** Which axes to reduce, negative ones counted from the end (all without), and whether they stay with size 1. */
export interface ReduceOptions<Axes extends Axis = Axis, Keep extends boolean = boolean> {
  readonly axes?: Axes;
  readonly keepDims?: Keep;
}

/** One axis or several. */
export type Axis = number | readonly number[];

/** A reduction over axes; ones that do not exist are compile errors where they are literal. */
export type ReduceFunction<Options extends object = object> = <
  S extends Shape,
  D extends DType,
  const Axes extends Axis = never,
  Keep extends boolean = false,
>(
  x: Tensor<S, D> & Fits<ReduceShape<S, Axes, Keep>>,
  options?: Options & ReduceOptions<Axes, Keep>,
) => Tensor<Sized<ReduceShape<S, Axes, Keep>>, D>;

/**
 * Axes as the operators want them: increasing, from 0, each once; all of them where none are named.
 *
 * @throws CotangentError `axes/range` or `axes/repeated`.
 */
export function normalizeAxes(x: Type, axes?: number | readonly number[]): number[] {
  const rank = x.shape.length;
  if (axes === undefined) return x.shape.map((_, k) => k);
  const given = typeof axes === 'number' ? [axes] : axes;
  const normal = given.map((axis) => normalizeAxis(x, axis));
  if (new Set(normal).size !== normal.length)
    refuse('axes/repeated', { axes: given, x: x.shape }, `axis k and axis k − ${rank} are the same; name it once.`);
  return normal.sort((a, b) => a - b);
}

/** One axis, counted from 0. */
export function normalizeAxis(x: Type, axis: number): number {
  const rank = x.shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank)
    refuse(
      'axes/range',
      { axis, x: x.shape },
      rank === 0 ? 'a scalar has no axes: leave them out.' : `use −${rank} to ${rank - 1}.`,
    );
  return axis < 0 ? axis + rank : axis;
}

/** Refuses axes that are not increasing axes of x: what `normalizeAxes` gives passes. */
export function checkAxes(x: Type, axes: readonly number[]): void {
  if (!axes.every((axis, k) => Number.isInteger(axis) && axis > (axes[k - 1] ?? -1) && axis < x.shape.length))
    fail(
      'axes/order',
      `[${axes}] are not increasing axes of ${showType(x)}`,
      `use axes from 0 to ${x.shape.length - 1}.`,
    );
}

/** What reductions read: along the axes that vanish everything, else the element of the same index. */
export function reducedReach(
  { x }: { readonly x: Type },
  { axes }: { readonly axes: readonly number[] },
): { x: Reach } {
  let kept = 0;
  return {
    x: { kind: 'axes', axes: x.shape.map((_, axis) => (axes.includes(axis) ? { kind: 'all' } : along(kept++))) },
  };
}
