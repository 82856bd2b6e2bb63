import { GraphBuilder } from '../../src/graph/builder.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, f64, i32 } from '../../src/graph/type.ts';
import * as o from '../../src/ops/index.ts';
import type {
  Fft2Shape,
  FftShape,
  Irfft2Shape,
  IrfftShape,
  Rfft2Shape,
  RfftShape,
} from '../../src/ops/types/spectral-shape.ts';
import { type Equal, type Expect, expectTypes } from './equal.ts';
import { n } from './prelude.ts';

type N = number;

export type Shapes = Expect<
  [
    Equal<FftShape<[2, 5], -1, never>, [2, 5]>,
    Equal<FftShape<[2, 5], 0, 8>, [8, 5]>,
    Equal<FftShape<[2, 5], 2, never>, 'axes/range: [2,5] has no axis 2'>,
    Equal<RfftShape<[2, 5], -1, never>, [2, 3]>,
    Equal<RfftShape<[2, N], -1, never>, [2, N]>,
    Equal<RfftShape<[2, 5], 0, 7>, [4, 5]>,
    Equal<IrfftShape<[2, 5], -1, never>, [2, 8]>,
    Equal<IrfftShape<[2, 5], -1, 9>, [2, 9]>,
    Equal<Fft2Shape<[2, 5, 6], readonly [-2, -1], never>, [2, 5, 6]>,
    Equal<Fft2Shape<[2, 5, 6], readonly [0, 2], readonly [3, 4]>, [3, 5, 4]>,
    Equal<Rfft2Shape<[2, 5, 6], readonly [-2, -1], never>, [2, 5, 4]>,
    Equal<Rfft2Shape<[2, 5, 6], readonly [2, 0], never>, [2, 5, 6]>,
    Equal<Irfft2Shape<[2, 5, 4], readonly [-2, -1], never>, [2, 5, 6]>,
    Equal<Irfft2Shape<[2, 5, 4], readonly [-2, -1], readonly [3, 7]>, [2, 3, 7]>,
    Equal<Fft2Shape<readonly N[], readonly [-2, -1], never>, readonly N[]>,
  ]
>;

const g = new GraphBuilder();
const x = g.input('x', f64(3, 10));
const spectrum = o.fft2(x);
const half = o.rfft(x);
const back = o.irfft(half, { length: 10 });
const along = o.ifft(spectrum, { axis: 0, norm: 'ortho' });
const cropped = o.rfft2(x, { size: [4, 6] });
const free = o.fft(x, { axis: n(-1) });
const image = g.input('image', f32(8, 1, 64, 64));
const kernel = g.parameter('kernel', f32(16, 1, 9, 9));
const fast = o.fftConv2d(image, kernel, { padding: 4, stride: 2, algorithm: 'fft' });
expectTypes<
  [
    Equal<typeof spectrum, o.Complex<[3, 10], 'f64'>>,
    Equal<typeof half.imag, Tensor<[3, 6], 'f64'>>,
    Equal<typeof back, Tensor<[3, 10], 'f64'>>,
    Equal<(typeof along.real)['shape'], [3, 10]>,
    Equal<(typeof cropped.real)['shape'], [4, 4]>,
    Equal<(typeof free.real)['shape'], [N, N]>,
    Equal<typeof fast, Tensor<[8, 16, 32, 32], 'f32'>>,
  ]
>();

// @ts-expect-error axes/range: [3,10] has no axis 2
o.fft(x, { axis: 2 });
// @ts-expect-error dtype/float: i32 is not a float dtype
o.rfft(g.input('labels', i32(4)));
// @ts-expect-error conv/channels: w reads 1 channels × 1 group = 1; x has 3
o.fftConv2d(g.input('rgb', f32(8, 3, 64, 64)), kernel);
// @ts-expect-error no such norm
o.fft(x, { norm: 'both' });
