import type * as FastCheck from 'fast-check';
import type { Arrays } from '../../backends/backend.ts';
import type { Draw } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  add,
  type ConvOptions,
  constant,
  conv2d,
  type DeformConvOptions,
  deformConv2d,
  flip,
  reshape,
} from '../../ops/index.ts';
import { type Law, type LawInput, law, statement } from './law.ts';
import { readAt, sumOver, tabulate } from './places.ts';
import { countOf, optionsOf, type Window, windowCase } from './windows.ts';

interface Deform {
  readonly parts: number;
  readonly channels: number;
  readonly outputs: number;
  readonly axes: readonly Window[];
}

function deformCase(fc: typeof FastCheck): FastCheck.Arbitrary<Deform> {
  const upTo2 = fc.integer({ min: 1, max: 2 });
  const window = windowCase(fc, { stride: 2, padding: 1, extra: 2 });
  return fc.record({
    parts: upTo2,
    channels: upTo2,
    outputs: upTo2,
    axes: fc.array(window, { minLength: 2, maxLength: 2 }),
  });
}

const deform: (x: Tensor, offset: Tensor, w: Tensor, options: DeformConvOptions) => Tensor = deformConv2d;
const conv: (x: Tensor, w: Tensor, options: ConvOptions) => Tensor = conv2d;
const tapsOf = ({ axes }: Deform): number => sizeOf(axes.map(({ kernel }) => kernel));

/** Small whole numbers leave room for the eighths of positions in the bits of f32. */
const whole: Draw = { kind: 'integers', low: -2, high: 2 };

function operands(c: Deform, offsets: Draw): { x: LawInput; w: LawInput; offset: LawInput; mask: LawInput } {
  const places = c.axes.map(countOf);
  const inputs = c.parts * c.channels;
  return {
    x: { shape: [2, inputs, ...c.axes.map(({ length }) => length)], draw: whole },
    w: { shape: [c.outputs, inputs, ...c.axes.map(({ kernel }) => kernel)], draw: whole },
    offset: { shape: [2, c.parts * 2 * tapsOf(c), ...places], draw: offsets },
    mask: { shape: [2, c.parts * tapsOf(c), ...places], draw: whole },
  };
}

/** Σ w[k]·mask·x(p·stride + k·dilation − lo + offset), between elements by linear interpolation, 0 outside. */
function deformed({ x, w, offset, mask }: Arrays, c: Deform): number[] {
  const kernel = c.axes.map((axis) => axis.kernel);
  return tabulate([2, c.outputs, ...c.axes.map(countOf)], ([n, o, ...at]) =>
    sumOver([c.parts * c.channels, ...kernel], ([channel, ...tap]) => {
      const part = Math.floor(channel! / c.channels) * tapsOf(c) + tap[0]! * kernel[1]! + tap[1]!;
      const position = at.map(
        (p, i) =>
          p * c.axes[i]!.stride +
          tap[i]! * c.axes[i]!.dilation -
          c.axes[i]!.lo +
          readAt(offset!, [n!, 2 * part + i, ...at]),
      );
      const below = position.map(Math.floor);
      const read = sumOver([2, 2], (corner) => {
        const weights = corner.map((side, i) => {
          const t = position[i]! - below[i]!;
          return side === 1 ? t : 1 - t;
        });
        const place = corner.map((side, i) => below[i]! + side);
        return weights[0]! * weights[1]! * readAt(x!, [n!, channel!, ...place]);
      });
      return readAt(w!, [o!, channel!, ...tap]) * readAt(mask!, [n!, part, ...at]) * read;
    }),
  );
}

export const deformableLaws: readonly Law[] = [
  law({
    name: 'deformable: without deformation',
    about: 'With offsets 0 and masks 1 a deformable convolution is a convolution (operators.md 68; Dai 2017).',
    ops: ['deformConv2d', 'conv2d'],
    cases: deformCase,
    state: (c) => {
      const { x, w, offset, mask } = operands(c, whole);
      return statement({ x, w }, ({ x, w }, g) => {
        const filled = ({ shape }: LawInput, value: number): Tensor =>
          constant(g, { dtype: x.dtype, shape }, new Array<number>(sizeOf(shape)).fill(value)) as Tensor;
        const options = { ...optionsOf(c.axes), mask: filled(mask, 1), offsetGroups: c.parts };
        return {
          left: deform(x, filled(offset, 0), w, options),
          right: conv(x, w, optionsOf(c.axes)),
          wrt: ['x', 'w'],
        };
      });
    },
  }),
  law({
    name: 'deformable: whole offsets',
    about: 'Offsets by whole elements read other elements, with zeros outside (operators.md 68).',
    ops: ['deformConv2d'],
    cases: deformCase,
    state: (c) =>
      statement(operands(c, whole), ({ x, w, offset, mask }) => ({
        left: deform(x, offset, w, { ...optionsOf(c.axes), mask, offsetGroups: c.parts }),
        right: (values) => deformed(values, c),
      })),
  }),
  law({
    name: 'deformable: between elements',
    about: 'Offsets by parts of elements read the bilinear mean of the four around (operators.md 68, 70).',
    ops: ['deformConv2d'],
    cases: deformCase,
    state: (c) =>
      statement(operands(c, { kind: 'between' }), ({ x, w, offset, mask }) => ({
        left: deform(x, offset, w, { ...optionsOf(c.axes), mask, offsetGroups: c.parts }),
        right: (values) => deformed(values, c),
      })),
  }),
  law({
    name: 'deformable: masks',
    about: 'A deformable convolution is linear in its mask, and without one the mask is 1 (operators.md 68; Zhu 2019).',
    ops: ['deformConv2d'],
    cases: deformCase,
    state: (c) => {
      const { mask, ...others } = operands(c, { kind: 'between' });
      return statement({ ...others, mask, other: mask }, ({ x, w, offset, mask, other }) => {
        const options = { ...optionsOf(c.axes), offsetGroups: c.parts };
        const by = (m: Tensor): Tensor => deform(x, offset, w, { ...options, mask: m });
        const ones = constant(x.graph, mask, new Array<number>(sizeOf(mask.shape)).fill(1)) as Tensor;
        return [
          {
            of: 'sums',
            left: by(add(mask, other) as Tensor),
            right: add(by(mask), by(other)) as Tensor,
            wrt: ['mask', 'other'],
          },
          { of: 'ones', left: by(ones), right: deform(x, offset, w, options), wrt: ['x', 'w', 'offset'] },
        ];
      });
    },
  }),
  law({
    name: 'deformable: order of offsets',
    about: 'Offsets (x, y) are offsets (y, x) exchanged (operators.md 50, 69).',
    ops: ['deformConv2d'],
    cases: deformCase,
    state: (c) => {
      const { mask: _, ...others } = operands(c, { kind: 'between' });
      return statement(others, ({ x, w, offset }) => {
        const [n, , ...places] = offset.shape;
        const pairs = reshape(offset, [n!, c.parts * tapsOf(c), 2, ...places]);
        const exchanged = reshape(flip(pairs, 2), offset.shape);
        const options = { ...optionsOf(c.axes), offsetGroups: c.parts };
        return {
          left: deform(x, exchanged, w, { ...options, offsetOrder: 'xy' }),
          right: deform(x, offset, w, options),
          wrt: ['x', 'w', 'offset'],
        };
      });
    },
  }),
];
