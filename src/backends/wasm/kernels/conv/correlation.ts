import type { FloatDType } from '../../../../graph/dtype.ts';
import { type Shape, sizeOf } from '../../../../graph/shape.ts';
import type { ConvAxis } from '../../../../ops/window/conv.ts';

/** One spatial axis with its lengths in x, w and y. */
export interface CorrelationAxis extends ConvAxis {
  readonly x: number;
  readonly w: number;
  readonly y: number;
}

/**
 * What the kernels of this folder compute: y[n, g·O + o, p] = Σ_c Σ_k x[n, g·C + c, q]·w[g·O + o, c, k] with
 * q·xDilation = p·stride + k·wDilation − lo on every axis. Matrix products are the case of windows of one element.
 */
export interface Correlation {
  readonly dtype: FloatDType;
  readonly batch: number;
  readonly groups: number;
  /** Input channels of one group. */
  readonly channels: number;
  /** Output channels of one group. */
  readonly outputs: number;
  /** Outermost first; at least one. */
  readonly axes: readonly CorrelationAxis[];
}

/** The numbers of elements of a plane of x, w or y. */
export const planeOf = ({ axes }: Correlation, of: 'x' | 'w' | 'y'): number => sizeOf(axes.map((axis) => axis[of]));

/** The correlation that a `conv` node asks for, with as few axes as possible. */
export function correlationOf(
  dtype: FloatDType,
  { x, w, y }: { readonly x: Shape; readonly w: Shape; readonly y: Shape },
  axes: readonly ConvAxis[],
  groups: number,
): Correlation {
  const whole = axes.map((axis, i) => ({ ...axis, x: x[i + 2]!, w: w[i + 2]!, y: y[i + 2]! }));
  return {
    dtype,
    batch: x[0]!,
    groups,
    channels: w[1]!,
    outputs: w[0]! / groups,
    axes: merge(whole),
  };
}

/** An axis without windows: position p reads x[p]. */
const isPointwise = ({ x, w, y, lo, stride, xDilation }: CorrelationAxis): boolean =>
  w === 1 && lo === 0 && x === y && (x === 1 || (stride === 1 && xDilation === 1));

/** An axis with one window as long as x: tap k reads x[k]. */
const isWhole = ({ x, w, y, lo, wDilation, xDilation }: CorrelationAxis): boolean =>
  y === 1 && lo === 0 && x === w && (x === 1 || (wDilation === 1 && xDilation === 1));

const plain = { stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 };

/** Neighbouring axes that are pointwise, or whole, are one longer axis. */
function merge(axes: readonly CorrelationAxis[]): CorrelationAxis[] {
  const merged: CorrelationAxis[] = [];
  for (const axis of axes) {
    const last = merged.at(-1);
    const alike = [isPointwise, isWhole].some((is) => last !== undefined && is(last) && is(axis));
    if (last !== undefined && alike)
      merged[merged.length - 1] = { ...plain, x: last.x * axis.x, w: last.w * axis.w, y: last.y * axis.y };
    else merged.push(axis);
  }
  return merged;
}
