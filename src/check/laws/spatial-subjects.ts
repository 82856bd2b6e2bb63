import type { Tensor } from '../../graph/tensor.ts';
import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  avgPool2d,
  avgUnpool2d,
  type ConvOptions,
  type ConvTransposeOptions,
  constant,
  conv2d,
  convolve2d,
  convTranspose2d,
  fftConv2d,
  gaussianBlur,
  lpPool2d,
  type MaxPoolOptions,
  maxPool2d,
  maxPoolWithIndices,
  maxUnpool2d,
  type ResizeMode,
  resize2d,
} from '../../ops/index.ts';
import { tabulate } from './places.ts';
import { optionsOf, type Window } from './windows.ts';

/** Something done to planes with windows along both axes, or only sizes of them. */
export interface SpatialSubject {
  readonly of: string;
  /** The function of `cotangent/ops`. */
  readonly op: string;
  /** The shape of its weights, if it has any. */
  readonly weights?: (channels: number, kernel: readonly number[]) => readonly number[];
  /** Whether channels do not see each other, and are treated alike. */
  readonly perChannel?: boolean;
  /** Where numbers are rounded on the way: how often, on two sides. */
  readonly rounds?: number;
  apply(x: Tensor, w: Tensor, axes: readonly Window[]): Tensor;
}

const kernelsOf = (axes: readonly Window[]): number[] => axes.map(({ kernel }) => kernel);
const poolingOf = (axes: readonly Window[]): MaxPoolOptions => ({ kernel: kernelsOf(axes), ...optionsOf(axes) });
const conv: (x: Tensor, w: Tensor, options: ConvOptions) => Tensor = conv2d;
const convTranspose: (x: Tensor, w: Tensor, options: ConvTransposeOptions) => Tensor = convTranspose2d;
const unpadded = (axes: readonly Window[]): Omit<ReturnType<typeof optionsOf>, 'padding'> => {
  const { stride, dilation } = optionsOf(axes);
  return { stride, dilation };
};

/** Roundings of weights and of sums of up to a plane’s elements. */
const rounds = 200;

const resized = (mode: ResizeMode, of: string): SpatialSubject => ({
  of,
  op: 'resize2d',
  perChannel: true,
  rounds,
  // Twice the windows’ sizes: now larger than the planes, now smaller.
  apply: (x, _, axes) => resize2d(x, { size: axes.map(({ kernel }) => 2 * kernel), mode }) as Tensor,
});

/** What the symmetries are tried on: one of every family of spatial operators. */
export const spatialSubjects: readonly SpatialSubject[] = [
  {
    of: 'convolution',
    op: 'conv2d',
    weights: (channels, kernel) => [2, channels, ...kernel],
    apply: (x, w, axes) => conv(x, w, optionsOf(axes)),
  },
  {
    of: 'turned convolution',
    op: 'convolve2d',
    weights: (channels, kernel) => [2, channels, ...kernel],
    apply: (x, w, axes) => convolve2d(x, w, optionsOf(axes)) as Tensor,
  },
  {
    of: 'transposed convolution',
    op: 'convTranspose2d',
    weights: (channels, kernel) => [channels, 2, ...kernel],
    apply: (x, w, axes) => convTranspose(x, w, unpadded(axes)),
  },
  {
    of: 'convolution by transforms',
    op: 'fftConv2d',
    // Sums of weights are up to ten times what one weight may be.
    rounds: 10 * rounds,
    apply: (x, _, axes) => {
      const shape = [1, x.shape[1]!, ...kernelsOf(axes)];
      const ramp = tabulate(shape, ([, , i, j]) => (1 + i! + j!) / 8);
      const weights = constant(x.graph, { dtype: x.dtype, shape }, ramp) as Tensor;
      return fftConv2d(x, weights, { ...optionsOf(axes), algorithm: 'fft' }) as Tensor;
    },
  },
  { of: 'maxima', op: 'maxPool2d', perChannel: true, apply: (x, _, axes) => maxPool2d(x, poolingOf(axes)) as Tensor },
  {
    of: 'means',
    op: 'avgPool2d',
    perChannel: true,
    rounds,
    apply: (x, _, axes) => avgPool2d(x, poolingOf(axes)) as Tensor,
  },
  {
    of: 'norms',
    op: 'lpPool2d',
    perChannel: true,
    rounds,
    apply: (x, _, axes) => lpPool2d(x, { ...poolingOf(axes), p: 1 }) as Tensor,
  },
  {
    of: 'adaptive means',
    op: 'adaptiveAvgPool2d',
    perChannel: true,
    rounds,
    apply: (x, _, axes) => adaptiveAvgPool2d(x, kernelsOf(axes)) as Tensor,
  },
  {
    of: 'adaptive maxima',
    op: 'adaptiveMaxPool2d',
    perChannel: true,
    apply: (x, _, axes) => adaptiveMaxPool2d(x, kernelsOf(axes)) as Tensor,
  },
  {
    of: 'unpooled maxima',
    op: 'maxUnpool2d',
    perChannel: true,
    apply: (x, _, axes) => {
      const { values, indices } = maxPoolWithIndices(x, poolingOf(axes));
      const outputSize = axes.map(({ length }) => length);
      return maxUnpool2d(values, indices, { kernel: kernelsOf(axes), outputSize, onDuplicate: 'sum' }) as Tensor;
    },
  },
  {
    of: 'unpooled means',
    op: 'avgUnpool2d',
    perChannel: true,
    rounds,
    apply: (x, _, axes) => avgUnpool2d(x, { kernel: kernelsOf(axes), ...unpadded(axes) }) as Tensor,
  },
  {
    of: 'blur',
    op: 'gaussianBlur',
    perChannel: true,
    rounds,
    apply: (x, _, axes) =>
      gaussianBlur(x, { sigma: axes.map(({ kernel }) => kernel / 2), padding: 'replicate' }) as Tensor,
  },
  resized('nearest', 'nearest resizing'),
  resized('linear', 'linear resizing'),
  resized('cubic', 'cubic resizing'),
];
