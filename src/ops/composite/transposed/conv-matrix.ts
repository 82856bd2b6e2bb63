import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import { windowCount } from '../../window/window-count.ts';
import { type PaddingOption, resolvePadding } from '../padding.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';

/** A convolution of one plane, as a matrix is made of it. */
export interface ConvMatrixOptions {
  /** Spatial sizes of what is convolved. */
  readonly size: Shape;
  /** Spatial sizes of the kernel. */
  readonly kernel: Shape;
  /** Default 1. */
  readonly stride?: PerAxis;
  /** Default 0. */
  readonly padding?: PaddingOption;
  /** Default 1. */
  readonly dilation?: PerAxis;
}

/**
 * The matrix W of a convolution y = W·x of one plane, sparse (operators.md 35): row `rows[e]` (a position of y, flat) and
 * column `columns[e]` (of x) hold the kernel's element `taps[e]`. The transposed convolution is z = Wᵀ·y.
 */
export interface ConvMatrix {
  /** Spatial sizes of y. */
  readonly positions: Shape;
  /** Spatial sizes of x and of the kernel. */
  readonly size: Shape;
  readonly kernel: Shape;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly taps: readonly number[];
}

/**
 * Builds the matrix, row by row: every position of y meets every tap of the kernel, straight from the definition.
 *
 * @throws CotangentError `conv/window` where no window fits, `option/axes` for unequal ranks.
 */
export function convMatrix({ size, kernel, ...options }: ConvMatrixOptions): ConvMatrix {
  const rank = size.length;
  if (kernel.length !== rank)
    fail('option/axes', `a kernel [${kernel}] for a plane [${size}]`, 'give both as many spatial axes.');
  const stride = perAxis('stride', options.stride ?? 1, rank);
  const dilation = perAxis('dilation', options.dilation ?? 1, rank);
  const walks = size.map((length, i) => ({
    length,
    window: kernel[i]!,
    stride: stride[i]!,
    dilation: dilation[i]!,
  }));
  const padding = resolvePadding(options.padding ?? 0, walks);
  const positions = walks.map((walk, i) => {
    const [lo, hi] = padding[i]!;
    return windowCount('conv/window', { ...walk, lo, hi }, i);
  });
  const meets = meetings(
    size,
    kernel,
    positions,
    (axis, p, k) => p * stride[axis]! + k * dilation[axis]! - padding[axis]![0],
  );
  return { positions, size: [...size], kernel: [...kernel], ...meets };
}

/** All (row, column, tap) where a tap at a position reads inside the plane, at `read(axis, p, k)` along each axis. */
export function meetings(
  size: Shape,
  kernel: Shape,
  positions: Shape,
  read: (axis: number, p: number, k: number) => number,
): Pick<ConvMatrix, 'rows' | 'columns' | 'taps'> {
  const [rows, columns, taps]: [number[], number[], number[]] = [[], [], []];
  for (let row = 0; row < sizeOf(positions); row++)
    for (let tap = 0; tap < sizeOf(kernel); tap++) {
      const [p, k] = [indexOf(row, positions), indexOf(tap, kernel)];
      const at = size.map((_, axis) => read(axis, p[axis]!, k[axis]!));
      if (at.some((q, axis) => q < 0 || q >= size[axis]!)) continue;
      rows.push(row);
      columns.push(at.reduce((flat, q, axis) => flat * size[axis]! + q, 0));
      taps.push(tap);
    }
  return { rows, columns, taps };
}

/** The index that a flat, row-major position means. */
function indexOf(flat: number, shape: Shape): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = flat; axis >= 0; axis--) {
    index[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}
