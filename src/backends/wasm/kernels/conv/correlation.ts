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
}

/** The numbers of elements of a plane of x, w or y. */
export const planeOf = ({ axes }: Correlation, of: 'x' | 'w' | 'y'): number => sizeOf(axes.map((axis) => axis[of]));

/**
 * The correlation that a `conv` node asks for, with as few axes as possible; `strides` where operands are not row-major.
 */
export function correlationOf(
  dtype: FloatDType,
  shapes: OfOperands<Shape>,
  axes: readonly ConvAxis[],
  groups: number,
  strides: Partial<OfOperands<readonly number[] | undefined>> = {},
): Correlation {
  const { x, w, y } = shapes;
  const whole = axes.map((axis, i) => ({ ...axis, x: x[i + 2]!, w: w[i + 2]!, y: y[i + 2]! }));
  const of = (operand: keyof typeof shapes): OperandStrides => {
    const [outer, channel, ...rest] = (strides[operand] ?? stridesOf(shapes[operand])) as [number, number, ...number[]];
    return { outer, channel, axes: rest };
  };
  return {
    dtype,
    batch: x[0]!,
    groups,
    channels: w[1]!,
    outputs: w[0]! / groups,
    ...merge(whole, { x: of('x'), w: of('w'), y: of('y') }),
  };
}

/** An axis without windows: position p reads x[p]. */
const isPointwise = ({ x, w, y, lo, stride, xDilation }: CorrelationAxis): boolean =>
  w === 1 && lo === 0 && x === y && (x === 1 || (stride === 1 && xDilation === 1));

/** An axis with one window as long as x: tap k reads x[k]. */
const isWhole = ({ x, w, y, lo, wDilation, xDilation }: CorrelationAxis): boolean =>
  y === 1 && lo === 0 && x === w && (x === 1 || (wDilation === 1 && xDilation === 1));

const plain = { stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 };

const operands = ['x', 'w', 'y'] as const;

/** Neighbouring axes that are pointwise, or whole, are one longer axis where all operands run through both in one go. */
function merge(
  axes: readonly CorrelationAxis[],
  strides: OfOperands<OperandStrides>,
): Pick<Correlation, 'axes' | 'strides'> {
  const merged: CorrelationAxis[] = [];
  const steps = { x: [] as number[], w: [] as number[], y: [] as number[] };
  for (const [i, axis] of axes.entries()) {
    const last = merged.at(-1);
    const alike = [isPointwise, isWhole].some((is) => last !== undefined && is(last) && is(axis));
    const inOneGo = operands.every(
      (of) => last?.[of] === 1 || axis[of] === 1 || steps[of].at(-1) === strides[of].axes[i]! * axis[of],
    );
    const joined = last !== undefined && alike && inOneGo;
    for (const of of operands) {
      const step = strides[of].axes[i]!;
      if (!joined) steps[of].push(step);
      else if (axis[of] !== 1) steps[of][merged.length - 1] = step;
    }
    if (joined) merged[merged.length - 1] = { ...plain, x: last.x * axis.x, w: last.w * axis.w, y: last.y * axis.y };
    else merged.push(axis);
  }
  const of = (operand: keyof typeof steps): OperandStrides => ({ ...strides[operand], axes: steps[operand] });
  return { axes: merged, strides: { x: of('x'), w: of('w'), y: of('y') } };
}
