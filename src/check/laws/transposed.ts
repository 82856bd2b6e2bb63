import type * as FastCheck from 'fast-check';
import { vjp } from '../../autodiff/vjp.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  type ConvOptions,
  type ConvTransposeOptions,
  constant,
  conv2d,
  convTranspose2d,
  depthToSpace,
  mul,
  reshape,
  transpose,
  upsample,
} from '../../ops/index.ts';
import { type Law, type LawInput, law, statement } from './law.ts';
import { placesOf } from './places.ts';
import { spanOf } from './windows.ts';

/** One axis of a transposed convolution; `length` is that of its input. */
interface Spread {
  readonly length: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly lo: number;
  readonly hi: number;
  readonly extra: number;
}

interface Transposed {
  readonly batch: number;
  readonly groups: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly axes: readonly Spread[];
}

const lengthOf = ({ length, stride, lo, hi, extra, ...window }: Spread): number =>
  (length - 1) * stride + spanOf(window) - lo - hi + extra;

function transposedCase(fc: typeof FastCheck): FastCheck.Arbitrary<Transposed> {
  const upTo = (max: number): FastCheck.Arbitrary<number> => fc.integer({ min: 1, max });
  const axis = fc
    .record({
      length: upTo(4),
      kernel: upTo(3),
      stride: upTo(3),
      dilation: upTo(2),
      lo: fc.nat(2),
      hi: fc.nat(2),
      extra: fc.nat(2),
    })
    .map(({ lo, hi, extra, ...rest }): Spread => {
      const whole = { ...rest, lo: 0, hi: 0, extra: extra % rest.stride };
      // Something has to be left.
      const cut = lengthOf({ ...whole, extra: 0 }) - 1;
      return { ...whole, lo: Math.min(lo, cut), hi: Math.min(hi, cut - Math.min(lo, cut)) };
    });
  return fc.record({
    batch: upTo(2),
    groups: upTo(2),
    inputs: upTo(2),
    outputs: upTo(2),
    axes: fc.array(axis, { minLength: 2, maxLength: 2 }),
  });
}

const operands = ({ batch, groups, inputs, outputs, axes }: Transposed): { y: LawInput; w: LawInput } => ({
  y: { shape: [batch, groups * inputs, ...axes.map(({ length }) => length)] },
  w: { shape: [groups * inputs, outputs, ...axes.map(({ kernel }) => kernel)] },
});

const optionsOf = ({ groups, axes }: Transposed): ConvTransposeOptions & { readonly padding: [number, number][] } => ({
  groups,
  stride: axes.map(({ stride }) => stride),
  padding: axes.map(({ lo, hi }): [number, number] => [lo, hi]),
  dilation: axes.map(({ dilation }) => dilation),
  outputPadding: axes.map(({ extra }) => extra),
});

const convTranspose: (y: Tensor, w: Tensor, options?: ConvTransposeOptions) => Tensor = convTranspose2d;

export const transposedLaws: readonly Law[] = [
  law({
    name: 'transposed: adjoint',
    about:
      'A transposed convolution is the gradient of the convolution with the same kernel and options (operators.md 21, 23).',
    ops: ['convTranspose2d', 'conv2d'],
    cases: transposedCase,
    state: (c) => {
      const x = { shape: [c.batch, c.groups * c.outputs, ...c.axes.map(lengthOf)] };
      return statement({ ...operands(c), x }, ({ y, w, x }) => {
        const { outputPadding: _, ...options } = optionsOf(c);
        const conv: (x: Tensor, w: Tensor, options: ConvOptions) => Tensor = conv2d;
        const [gradient] = vjp([conv(x, w, options as ConvOptions)], [x], [y]);
        return { left: convTranspose(y, w, { ...optionsOf(c), method: 'stamps' }), right: gradient!, wrt: ['y', 'w'] };
      });
    },
  }),
  law({
    name: 'transposed: three ways',
    about:
      'Zeros inserted, the transposed matrix and stamps of the kernel give the same transposed convolution (operators.md 34–36).',
    ops: ['convTranspose2d'],
    cases: transposedCase,
    state: (c) =>
      statement(operands(c), ({ y, w }) => {
        const by = (method: 'zeros' | 'matrix' | 'stamps'): Tensor => convTranspose(y, w, { ...optionsOf(c), method });
        return [
          { of: 'matrix', left: by('zeros'), right: by('matrix'), wrt: ['y', 'w'] },
          { of: 'stamps', left: by('zeros'), right: by('stamps'), wrt: ['y', 'w'] },
        ];
      }),
  }),
  law({
    name: 'transposed: stamps',
    about: 'A transposed convolution adds y[p]·w at p·stride − lo for every p (operators.md 36).',
    ops: ['convTranspose2d'],
    cases: transposedCase,
    state: (c) =>
      statement(operands(c), ({ y, w }) => ({
        left: convTranspose(y, w, optionsOf(c)),
        right: (values) => {
          const shape = [c.batch, c.groups * c.outputs, ...c.axes.map(lengthOf)];
          const sums = new Array<number>(sizeOf(shape)).fill(0);
          let at = 0;
          for (const [n, i, ...p] of placesOf(values.y!.shape)) {
            const value = values.y!.data[at++]!;
            const [group, within] = [Math.floor(i! / c.inputs), i! % c.inputs];
            for (const [o, ...k] of placesOf(values.w!.shape.slice(1))) {
              const place = p.map((q, axis) => {
                const { stride, dilation, lo } = c.axes[axis]!;
                return q * stride + k[axis]! * dilation - lo;
              });
              if (place.some((q, axis) => q < 0 || q >= shape[axis + 2]!)) continue;
              const to = [n!, group * c.outputs + o!, ...place].reduce((flat, q, axis) => flat * shape[axis]! + q, 0);
              const from = [group * c.inputs + within, o!, ...k].reduce(
                (flat, q, axis) => flat * values.w!.shape[axis]! + q,
                0,
              );
              sums[to]! += value * values.w!.data[from]!;
            }
          }
          return sums;
        },
      })),
  }),
  law({
    name: 'transposed: overlaps',
    about: 'The mean of overlapping stamps times how many overlap is their sum (operators.md 37, 39).',
    ops: ['convTranspose2d'],
    cases: transposedCase,
    state: (c) =>
      statement(operands(c), ({ y, w }, g) => {
        const one = (shape: readonly number[]): Tensor =>
          constant(g, { dtype: y.dtype, shape }, new Array<number>(sizeOf(shape)).fill(1)) as Tensor;
        const { groups: _, ...options } = optionsOf(c);
        const coverage = convTranspose(one([1, 1, ...y.shape.slice(2)]), one([1, 1, ...w.shape.slice(2)]), options);
        const left = convTranspose(y, w, optionsOf(c));
        const mean = convTranspose(y, w, { ...optionsOf(c), overlap: 'mean' });
        return { left, right: mul(mean, coverage) as Tensor, wrt: ['y', 'w'], rounds: 8 };
      }),
  }),
  law({
    name: 'transposed: repeats',
    about:
      'Nearest upsampling by r is a transposed convolution with a kernel of r × r ones and stride r (operators.md 30, 34).',
    ops: ['upsample', 'convTranspose2d'],
    cases: (fc) =>
      fc.record({
        channels: fc.integer({ min: 1, max: 3 }),
        size: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
        factor: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      }),
    state: ({ channels, size, factor }) =>
      statement({ x: { shape: [2, channels, ...size] } }, ({ x }, g) => {
        const shape = [channels, 1, ...factor];
        const ones = constant(g, { dtype: x.dtype, shape }, new Array<number>(sizeOf(shape)).fill(1)) as Tensor;
        return {
          left: upsample(x, factor) as Tensor,
          right: convTranspose(x, ones, { stride: factor, groups: channels }),
          wrt: ['x'],
        };
      }),
  }),
  law({
    name: 'transposed: sub-pixels',
    about:
      'A 1 × 1 convolution with pixel shuffle is a transposed one of window and stride r, kernels rearranged (operators.md 42; Shi 2016).',
    ops: ['conv2d', 'depthToSpace', 'convTranspose2d'],
    cases: (fc) =>
      fc.record({
        inputs: fc.integer({ min: 1, max: 3 }),
        outputs: fc.integer({ min: 1, max: 3 }),
        block: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
        size: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      }),
    state: ({ inputs, outputs, block, size }) =>
      statement(
        { x: { shape: [2, inputs, ...size] }, w: { shape: [outputs * sizeOf(block), inputs, 1, 1] } },
        ({ x, w }) => {
          const left = depthToSpace(conv2d(x, w) as Tensor, { block }) as Tensor;
          const turned: Tensor = transpose(reshape(w, [outputs, ...block, inputs]), [3, 0, 1, 2]);
          return { left, right: convTranspose(x, turned, { stride: block }), wrt: ['x', 'w'] };
        },
      ),
  }),
];
