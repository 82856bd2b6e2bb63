import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import {
  type Complex,
  concat,
  fft,
  fft2,
  fftConv1d,
  fftConv2d,
  ifft,
  ifft2,
  irfft,
  irfft2,
  rfft,
  rfft2,
} from '../../src/ops/index.ts';
import type { Composite } from './composites.ts';

const both = ({ real, imag }: Complex): Tensor => concat([real, imag], 0);

/** Transforms of short blocks, so that there are several. */
const insist = { algorithm: 'fft', cost: { multiplyAdd: 1, butterfly: 1, product: 0, move: 0 } } as const;

const complex = (shape: readonly number[], dyadic: boolean, f: (z: Complex) => Tensor): Composite => ({
  types: { real: f64(...shape), imag: f64(...shape) },
  degree: { real: 1, imag: 1 },
  order: 3,
  dyadic,
  f: (t) => f({ real: t.real!, imag: t.imag! }),
});

const real = (shape: readonly number[], dyadic: boolean, f: (x: Tensor) => Tensor): Composite => ({
  types: { x: f64(...shape) },
  degree: { x: 1 },
  order: 3,
  dyadic,
  f: (t) => f(t.x!),
});

/** Fourier transforms: by equality where all factors are quarter turns, else within the rounding bound. */
export const spectralComposites: { readonly [name: string]: Composite } = {
  'fft, quarter turns': complex([3, 4], true, (z) => both(fft(z))),
  'fft, along the first axis, cropped': complex([6, 2], false, (z) =>
    both(fft(z, { axis: 0, length: 5, norm: 'ortho' })),
  ),
  ifft: complex([2, 6], false, (z) => both(ifft(z))),
  'fft2, seeds’ norm': complex([1, 3, 5], false, (z) => both(fft2(z, { norm: 'forward' }))),
  'ifft2, other axes, padded': complex([4, 2, 2], true, (z) => both(ifft2(z, { axes: [0, 2], size: [4, 4] }))),
  rfft: real([2, 7], false, (x) => both(rfft(x))),
  'rfft, quarter turns': real([4, 3], true, (x) => both(rfft(x, { axis: 0 }))),
  'irfft, odd': complex([2, 3], false, (z) => irfft(z, { length: 5 })),
  'irfft, even, quarter turns': complex([3, 2], true, (z) => irfft(z, { axis: 0, norm: 'forward' })),
  rfft2: real([3, 6], false, (x) => both(rfft2(x, { norm: 'ortho' }))),
  'fftConv1d, blocks, dilated, grouped': {
    types: { x: f64(1, 2, 9), w: f64(2, 1, 2), bias: f64(2) },
    degree: { x: 1, w: 1, bias: 1 },
    order: 3,
    condition: 8,
    f: (t) => fftConv1d(t.x!, t.w!, { ...insist, bias: t.bias!, groups: 2, dilation: 2, padding: [[1, 2]] }),
  },
  'fftConv2d, strided': {
    types: { x: f64(1, 2, 4, 5), w: f64(1, 2, 3, 2) },
    degree: { x: 1, w: 1 },
    order: 3,
    condition: 8,
    f: (t) => fftConv2d(t.x!, t.w!, { ...insist, stride: [2, 1], padding: 1 }),
  },
  irfft2: complex([4, 3], false, (z) => irfft2(z, { size: [3, 6] })),
};
