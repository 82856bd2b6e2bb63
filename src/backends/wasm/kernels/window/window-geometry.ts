import type { Shape } from '../../../../graph/shape.ts';
import { sizeOf, stridesOf } from '../../../../graph/shape.ts';
import type { Type } from '../../../../graph/type.ts';
import type { WindowAxis } from '../../../../ops/window/argmax-window.ts';

/** Windows over the last axes of a tensor, worked out. */
export interface WindowGeometry {
  /** How many planes there are, and the elements of one before and after. */
  readonly planes: number;
  readonly xPlane: number;
  readonly yPlane: number;
  readonly xs: Shape;
  readonly ys: Shape;
  readonly xStrides: readonly number[];
  readonly yStrides: readonly number[];
  /** All window axes but the last one. */
  readonly outer: readonly WindowAxis[];
  readonly last: WindowAxis;
  /** Columns `first` to `end` − 1 have windows wholly inside the row. */
  readonly first: number;
  readonly end: number;
  /** Whether along the outer axes every window is wholly inside. */
  readonly within: boolean;
}

/** What a kernel needs to know of windows over x's last axes. */
export function windowGeometry(x: Type, y: Type, axes: readonly WindowAxis[]): WindowGeometry {
  const lead = x.shape.length - axes.length;
  const [xs, ys] = [x.shape.slice(lead), y.shape.slice(lead)];
  const last = axes.at(-1)!;
  const outer = axes.slice(0, -1);
  const reach = (last.window - 1) * last.dilation;
  const [columns, length] = [ys.at(-1)!, xs.at(-1)!];
  const first = Math.min(columns, Math.max(0, Math.ceil(last.lo / last.stride)));
  const inside = Math.floor((length - 1 - reach + last.lo) / last.stride) + 1;
  return {
    planes: sizeOf(x.shape.slice(0, lead)),
    xPlane: sizeOf(xs),
    yPlane: sizeOf(ys),
    xs,
    ys,
    xStrides: stridesOf(xs),
    yStrides: stridesOf(ys),
    outer,
    last,
    first,
    end: Math.max(first, Math.min(columns, inside)),
    within: outer.every(
      ({ window, stride, lo, dilation }, k) => lo <= 0 && (ys[k]! - 1) * stride - lo + (window - 1) * dilation < xs[k]!,
    ),
  };
}
