import type * as FastCheck from 'fast-check';
import type { Pair } from '../../../ops/index.ts';
import type { Argument } from '../expression.ts';
import { text } from '../expression.ts';

/** One axis under a window. */
interface WindowOf {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

/** As tfjs takes it: a rule, one number for all sides, or a pair per spatial axis. */
export type TfPad = 'valid' | 'same' | number | readonly Pair[];

/** What is drawn for an operator with windows. */
export interface Windows {
  readonly axes: readonly WindowOf[];
  readonly pad: TfPad;
  readonly ceil: boolean;
}

/**
 * Sides of the operators with windows that are looked at one by one, since each has faults of its own: no padding; padding
 * as usual; ceil mode; one number of padding for windows that are not square; `same` padding with strides over the window.
 */
export type Padding = 'none' | 'padded' | 'ceil' | 'oblong' | 'sparse';

interface Reach {
  readonly dilated?: boolean;
  /** The least size of a window. */
  readonly least?: number;
}

/** Windows over `rank` axes, smallest first. No window lies wholly in the padding. */
export function windowsFor(
  fc: typeof FastCheck,
  rank: number,
  padding: Padding,
  { dilated = false, least = padding === 'none' || padding === 'sparse' ? 1 : 2 }: Reach = {},
): FastCheck.Arbitrary<Windows> {
  const axis = fc.record({
    extra: fc.integer({ min: 0, max: rank === 3 ? 2 : 4 }),
    kernel: fc.integer({ min: least, max: 3 }),
    stride: fc.integer({ min: 1, max: dilated ? 1 : 3 }),
    dilation: fc.integer({ min: 1, max: dilated ? 3 : 1 }),
  });
  const pads: { readonly [p in Padding]: FastCheck.Arbitrary<TfPad> } = {
    none: fc.constant('valid'),
    padded: fc.constantFrom<TfPad>('same', 1, ...(rank === 2 ? [oneSided] : [])),
    ceil: fc.constantFrom<TfPad>(0, 1),
    oblong: fc.constantFrom<TfPad>(0, 1),
    sparse: fc.constant('same'),
  };
  return fc
    .record({ axes: fc.array(axis, { minLength: rank, maxLength: rank }), pad: pads[padding] })
    .map(({ axes: drawn, pad }) => {
      const square = typeof pad === 'number' && padding !== 'oblong';
      const axes = drawn.map((each) => {
        const { kernel, stride } = square ? drawn[0]! : each;
        const most = padding === 'ceil' ? kernel - (pad as number) : padding === 'padded' ? kernel : stride;
        const held = padding === 'sparse' ? kernel + 1 : Math.max(1, Math.min(stride, most));
        const span = (kernel - 1) * each.dilation + 1;
        return {
          size: pad === 'same' ? each.extra + 1 : span + each.extra,
          kernel,
          stride: held,
          dilation: each.dilation,
        };
      });
      return { axes, pad, ceil: padding === 'ceil' };
    });
}

const oneSided: TfPad = [
  [0, 1],
  [1, 0],
];

/** Pads as pairs per spatial axis, with what ceil mode adds. */
export function pairsOf({ axes, pad, ceil }: Windows): Pair[] {
  return axes.map(({ size, kernel, stride, dilation }, i) => {
    const span = (kernel - 1) * dilation + 1;
    if (pad === 'same') {
      const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + span - size);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    }
    const [lo, hi]: Pair = typeof pad === 'number' ? [pad, pad] : pad === 'valid' ? [0, 0] : pad[i]!;
    const room = size + lo + hi - span;
    return [lo, ceil ? hi + Math.ceil(room / stride) * stride - room : hi];
  });
}

/** The argument that tfjs takes. */
export const padArgument = (pad: TfPad): Argument =>
  typeof pad === 'number' ? pad : typeof pad === 'string' ? text(pad) : [[0, 0], ...pad, [0, 0]];

/** Words for reports. */
export const padWords = ({ pad, ceil }: Windows): string[] => [
  ceil ? 'ceil' : 'floor',
  typeof pad === 'object'
    ? 'pad explicit'
    : typeof pad === 'number'
      ? pad > 0
        ? 'pad number'
        : 'pad 0'
      : `pad ${pad}`,
];

export const sizes = (windows: Windows): number[] => windows.axes.map(({ size }) => size);
export const kernels = (windows: Windows): number[] => windows.axes.map(({ kernel }) => kernel);
export const strides = (windows: Windows): number[] => windows.axes.map(({ stride }) => stride);
export const dilations = (windows: Windows): number[] => windows.axes.map(({ dilation }) => dilation);

/** The rounding argument, left out where it is the default. */
export const roundingArgument = ({ ceil }: Windows): Argument => (ceil ? text('ceil') : undefined);
