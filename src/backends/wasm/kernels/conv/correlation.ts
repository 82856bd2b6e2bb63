import type { FloatDType } from '../../../../graph/dtype.ts';
import { type Shape, sizeOf, stridesOf } from '../../../../graph/shape.ts';
import type { ConvAxis } from '../../../../ops/window/conv.ts';

/** One spatial axis with its lengths in x, w and y. */
export interface CorrelationAxis extends ConvAxis {
  readonly x: number;
  readonly w: number;
  readonly y: number;
}

/** Elements from one index of an operand to the next. */
export interface OperandStrides {
  /** Of x and y from image to image, of w from output channel to output channel. */
  readonly outer: number;
  readonly channel: number;
  /** Of each spatial axis. */
  readonly axes: readonly number[];
}

/** The operands of a correlation. */
export interface OfOperands<T> {
  readonly x: T;
  readonly w: T;
  readonly y: T;
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
  /** Where the operands' elements lie; x is dense along the last axis. */
  readonly strides: OfOperands<OperandStrides>;
  /** The same of all values that are read and written where a result is done, as y is; undefined: y alone. */
  readonly results?: readonly OperandStrides[] | undefined;
}

/** Where elements lie that belong to results: those of y, unless something becomes of them first. */
export const resultsOf = ({ results, strides }: Correlation): readonly OperandStrides[] => results ?? [strides.y];

/** The numbers of elements of a plane of x, w or y. */
export const planeOf = ({ axes }: Correlation, of: 'x' | 'w' | 'y'): number => sizeOf(axes.map((axis) => axis[of]));

/**
 * The correlation that a `conv` node asks for, with as few axes as possible; `strides` where operands are not row-major,
 * `results` those of what goes with y.
 */
export function correlationOf(
  dtype: FloatDType,
  shapes: OfOperands<Shape>,
  axes: readonly ConvAxis[],
  groups: number,
  strides: Partial<OfOperands<readonly number[] | undefined>> = {},
  results?: readonly (readonly number[])[],
): Correlation {
  const { x, w, y } = shapes;
  const whole = axes.map((axis, i) => ({ ...axis, x: x[i + 2]!, w: w[i + 2]!, y: y[i + 2]! }));
  const apart = (steps: readonly number[]): OperandStrides => {
    const [outer, channel, ...rest] = steps as [number, number, ...number[]];
    return { outer, channel, axes: rest };
  };
  const of = (operand: keyof typeof shapes): OperandStrides => apart(strides[operand] ?? stridesOf(shapes[operand]));
  return {
    dtype,
    batch: x[0]!,
    groups,
    channels: w[1]!,
    outputs: w[0]! / groups,
    ...merge(whole, { x: of('x'), w: of('w'), y: of('y') }, results?.map(apart)),
  };
}

/** An axis without windows: position p reads x[p]. */
const isPointwise = ({ x, w, y, lo, stride, xDilation }: CorrelationAxis): boolean =>
  w === 1 && lo === 0 && x === y && (x === 1 || (stride === 1 && xDilation === 1));

/** An axis with one window as long as x: tap k reads x[k]. */
const isWhole = ({ x, w, y, lo, wDilation, xDilation }: CorrelationAxis): boolean =>
  y === 1 && lo === 0 && x === w && (x === 1 || (wDilation === 1 && xDilation === 1));

const plain = { stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 };

/** Neighbouring axes that are pointwise, or whole, are one longer axis where all operands run through both in one go. */
function merge(
  axes: readonly CorrelationAxis[],
  { x, w, y }: OfOperands<OperandStrides>,
  results: readonly OperandStrides[] | undefined,
): Pick<Correlation, 'axes' | 'strides' | 'results'> {
  const merged: CorrelationAxis[] = [];
  const lying = [
    { of: 'x', strides: x },
    { of: 'w', strides: w },
    { of: 'y', strides: y },
    ...(results ?? []).map((strides) => ({ of: 'y', strides }) as const),
  ] as const;
  const steps = lying.map((): number[] => []);
  for (const [i, axis] of axes.entries()) {
    const last = merged.at(-1);
    const alike = [isPointwise, isWhole].some((is) => last !== undefined && is(last) && is(axis));
    const inOneGo = lying.every(
      ({ of, strides }, k) => last?.[of] === 1 || axis[of] === 1 || steps[k]!.at(-1) === strides.axes[i]! * axis[of],
    );
    const joined = last !== undefined && alike && inOneGo;
    for (const [k, { of, strides }] of lying.entries()) {
      const step = strides.axes[i]!;
      if (!joined) steps[k]!.push(step);
      else if (axis[of] !== 1) steps[k]![merged.length - 1] = step;
    }
    if (joined) merged[merged.length - 1] = { ...plain, x: last.x * axis.x, w: last.w * axis.w, y: last.y * axis.y };
    else merged.push(axis);
  }
  const [xs, ws, ys, ...others] = lying.map(({ strides }, k): OperandStrides => ({ ...strides, axes: steps[k]! }));
  return { axes: merged, strides: { x: xs!, w: ws!, y: ys! }, results: results && others };
}
