import type * as FastCheck from 'fast-check';
import type { Tensor } from '../../../graph/tensor.ts';
import { conv2d, conv3d, convTranspose2d, depthwiseConv2d, reshape, transpose } from '../../../ops/index.ts';
import { input, text } from '../expression.ts';
import { f32, seeded } from '../foreign-operator.ts';
import { channelsLast, channelsSecond } from './layout.ts';
import type { TfjsOperator } from './tfjs-operator.ts';
import {
  dilations,
  kernels,
  type Padding,
  padArgument,
  padWords,
  pairsOf,
  roundingArgument,
  sizes,
  strides,
  type Windows,
  windowsFor,
} from './windows.ts';

interface Convolution extends Windows {
  readonly batch: number;
  readonly from: number;
  readonly to: number;
}

const degrees = { degree: 1 } as const;

const geometries = (
  fc: typeof FastCheck,
  rank: number,
  padding: Padding,
  dilated: boolean,
): FastCheck.Arbitrary<Convolution> =>
  fc
    .record({
      windows: windowsFor(fc, rank, padding, { dilated }),
      batch: fc.integer({ min: 1, max: 2 }),
      from: fc.integer({ min: 1, max: 2 }),
      to: fc.integer({ min: 1, max: 2 }),
    })
    .map(({ windows, ...channels }) => ({ ...windows, ...channels }));

/** The tail of the name that tells the sides of one operator apart. */
const nameOf = (call: string, padding: Padding, dilated: boolean): string =>
  [call, ...(padding === 'none' ? [] : [padding]), ...(dilated ? ['dilated'] : [])].join(' ');

/** An image and a kernel for a geometry. */
const caseOf = (a: Convolution, dilated: boolean) => ({
  inputs: {
    x: f32([a.batch, ...sizes(a), a.from], degrees),
    w: f32([...kernels(a), a.from, a.to], degrees),
  },
  attributes: a,
  covers: [...padWords(a), ...(dilated ? ['dilation'] : [])],
});

function convolution(rank: 2 | 3, padding: Padding, dilated = false): TfjsOperator<Convolution> {
  const call = `conv${rank}d`;
  return {
    name: nameOf(call, padding, dilated),
    ...(padding === 'none' && !dilated ? { twice: 'x' } : {}),
    cases: (fc) =>
      seeded(
        fc,
        geometries(fc, rank, padding, dilated).map((a) => caseOf(a, dilated)),
      ),
    call: (a) => ({
      call,
      args: [
        input('x'),
        input('w'),
        strides(a),
        padArgument(a.pad),
        ...(dilated || a.ceil ? [text(rank === 2 ? 'NHWC' : 'NDHWC'), dilations(a)] : []),
        ...(a.ceil ? [roundingArgument(a)] : []),
      ],
    }),
    reference: ({ x, w }, a) => {
      const options = { stride: strides(a), dilation: dilations(a), padding: pairsOf(a) };
      const kernel: Tensor = transpose(w!, rank === 2 ? [3, 2, 0, 1] : [4, 3, 0, 1, 2]);
      const apply: (x: Tensor, w: Tensor, o: typeof options) => Tensor = rank === 2 ? conv2d : conv3d;
      return channelsLast(apply(channelsSecond(x!), kernel, options));
    },
  };
}

function depthwise(padding: Padding, dilated = false): TfjsOperator<Convolution> {
  const call = 'depthwiseConv2d';
  return {
    name: nameOf(call, padding, dilated),
    ...(padding === 'none' && !dilated ? { twice: 'x' } : {}),
    cases: (fc) =>
      seeded(
        fc,
        geometries(fc, 2, padding, dilated)
          // Strides of both axes must be one number here.
          .map((a) => ({ ...a, axes: a.axes.map((axis) => ({ ...axis, stride: a.axes[0]!.stride })) }))
          .map((a) => caseOf(a, dilated)),
      ),
    call: (a) => ({
      call,
      args: [input('x'), input('w'), strides(a), padArgument(a.pad), ...(dilated ? [text('NHWC'), dilations(a)] : [])],
    }),
    reference: ({ x, w }, a) => {
      const kernel = reshape(transpose(w! as Tensor, [2, 3, 0, 1]), [a.from * a.to, 1, ...kernels(a)]);
      const options = { stride: strides(a), dilation: dilations(a), padding: pairsOf(a) };
      return channelsLast(depthwiseConv2d(channelsSecond(x!), kernel as Tensor, options) as Tensor);
    },
  };
}

interface Transposed extends Convolution {
  /** The sizes of the result, from which a convolution of this padding leads back to x. */
  readonly large: readonly number[];
}

const transposed: TfjsOperator<Transposed> = {
  name: 'conv2dTranspose',
  twice: 'x',
  cases: (fc) =>
    seeded(
      fc,
      fc
        .tuple(
          geometries(fc, 2, 'none', false),
          fc.constantFrom<'valid' | 'same'>('valid', 'same'),
          fc.nat(2),
          fc.nat(2),
        )
        .map(([drawn, pad, ...over]) => {
          const large = drawn.axes.map(({ size, kernel, stride }, i) =>
            pad === 'valid' ? (size - 1) * stride + kernel + (over[i]! % stride) : size * stride - (over[i]! % stride),
          );
          const a = { ...drawn, pad, large };
          return {
            inputs: {
              x: f32([a.batch, ...sizes(a), a.from], degrees),
              w: f32([...kernels(a), a.to, a.from], degrees),
            },
            attributes: a,
            covers: padWords(a),
          };
        }),
    ),
  call: (a) => ({
    call: 'conv2dTranspose',
    args: [input('x'), input('w'), [a.batch, ...a.large, a.to], strides(a), padArgument(a.pad)],
  }),
  reference: ({ x, w }, a) => {
    const padding = pairsOf({ ...a, axes: a.axes.map((axis, i) => ({ ...axis, size: a.large[i]! })) });
    const outputPadding = a.axes.map(
      ({ size, kernel, stride }, i) => a.large[i]! - ((size - 1) * stride + kernel - padding[i]![0] - padding[i]![1]),
    );
    const kernel = transpose(w! as Tensor, [3, 2, 0, 1]);
    return channelsLast(
      convTranspose2d(channelsSecond(x!), kernel as Tensor, { stride: strides(a), padding, outputPadding }) as Tensor,
    );
  },
};

/** Convolutions of every kind. */
export const convolutions: readonly TfjsOperator[] = [
  ...(['none', 'padded', 'ceil', 'oblong', 'sparse'] as const).flatMap((padding) => [
    convolution(2, padding),
    convolution(3, padding),
  ]),
  convolution(2, 'none', true),
  convolution(3, 'none', true),
  depthwise('none'),
  depthwise('padded'),
  depthwise('oblong'),
  depthwise('none', true),
  transposed,
];
