import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import { nondiff, type Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType, type Type } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { windowMaxima } from './argmax-window-kernel.ts';
import { poolCure } from './pool-cure.ts';
import { checkStep, checkWhole } from './step.ts';
import { windowCases } from './window-cases.ts';
import { windowCount } from './window-count.ts';

/** A window along one axis. */
export interface WindowAxis {
  /** Taps, ≥ 1. */
  readonly window: number;
  readonly stride: number;
  /** Elements of padding before and after; negative ones cut elements off. Padding is never the maximum. */
  readonly lo: number;
  readonly hi: number;
  /** Distance of the taps, ≥ 1. */
  readonly dilation: number;
}

export interface ArgmaxWindowAttributes {
  /** One per spatial axis; these are the last axes of x. */
  readonly axes: readonly WindowAxis[];
  /** Which of several equal maxima counts, in row-major order of the window. */
  readonly ties: 'first' | 'last';
}

/** The record of `argmaxWindow`. */
export const argmaxWindowOp: Op<'x', ArgmaxWindowAttributes> = defineOp('argmaxWindow', {
  doc:
    'i32 position of the maximum in every window over the last axes of x, flat and row-major in the unpadded plane; ' +
    '−1 for a window wholly in the padding. NaN is greater than every number, among NaNs the tie rule decides.',
  infer: ({ x }, attributes) => argmaxWindowType(x, attributes),
  kernel: ({ x }, attributes, y) => windowMaxima(x, attributes, y),
  vjp: { x: nondiff('a position changes only in jumps') },
  degree: {},
  cases: (fc) =>
    fc
      .record({ walk: windowCases(fc), ties: fc.constantFrom('first' as const, 'last' as const) })
      .map(({ walk, ties }) => ({
        types: { x: { dtype: 'f64' as const, shape: walk.shape } },
        attributes: { axes: walk.axes, ties },
        draw: { x: { kind: 'distinct' as const } },
      })),
  reach: ({ x }, { axes }) => {
    const lead = x.shape.length - axes.length;
    return {
      x: {
        kind: 'axes',
        axes: x.shape.map((_, axis) => {
          if (axis < lead) return along(axis);
          const { window, stride, lo, dilation } = axes[axis - lead]!;
          return along(axis, { stride, lo, taps: window, step: dilation });
        }),
      },
    };
  },
  cure: poolCure,
  picks: 'x',
  flops: ({ y }, { axes }) => sizeOf(y.shape) * axes.reduce((product, { window }) => product * window, 1),
  example: (g) =>
    argmaxWindow(g.input('x', f64(1, 4, 4)), {
      axes: [
        { window: 2, stride: 2, lo: 0, hi: 0, dilation: 1 },
        { window: 2, stride: 2, lo: 0, hi: 0, dilation: 1 },
      ],
      ties: 'first',
    }),
});

/** Flat positions of window maxima over the last axes of x; `gather` reads the values there. */
export const argmaxWindow = (x: Tensor, attributes: ArgmaxWindowAttributes): Tensor =>
  argmaxWindowOp({ x }, attributes);

function argmaxWindowType(x: Type, { axes, ties }: ArgmaxWindowAttributes): Type {
  if (!isFloat(x.dtype) && x.dtype !== 'i32')
    fail('argmax-window/dtype', `${showType(x)} has no order`, 'cast it to f32, f64 or i32 first.');
  if (ties !== 'first' && ties !== 'last')
    fail('argmax-window/ties', `unknown tie rule '${ties}'`, "use 'first' or 'last'.");
  const lead = x.shape.length - axes.length;
  if (axes.length === 0 || lead < 0)
    fail(
      'argmax-window/rank',
      `${axes.length} window axes over ${showType(x)}`,
      'give a window for one to all of its axes.',
    );
  const spatial = axes.map(({ window, stride, lo, hi, dilation }, i) => {
    checkStep('window', window);
    checkStep('stride', stride);
    checkStep('dilation', dilation);
    checkWhole('lo', lo);
    checkWhole('hi', hi);
    return windowCount('pool/window', { length: x.shape[lead + i]!, window, stride, lo, hi, dilation }, i);
  });
  if (sizeOf(x.shape.slice(lead)) > 0x7fffffff)
    fail('argmax-window/size', `positions in ${showType(x)} do not fit i32`, 'split the planes first.');
  return { dtype: 'i32', shape: [...x.shape.slice(0, lead), ...spatial] };
}
