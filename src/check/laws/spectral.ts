import type * as FastCheck from 'fast-check';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  abs,
  add,
  type Complex,
  type ConvOptions,
  constant,
  conv2d,
  type FftConvChoice,
  type FourierNorm,
  fft,
  fft2,
  fftConv2d,
  ifft,
  ifft2,
  irfft,
  irfft2,
  mul,
  rfft,
  rfft2,
  roll,
  square,
  sub,
  sum,
} from '../../ops/index.ts';
import { sliceAlong } from '../../ops/shape/slice-along.ts';
import { type Equation, type Law, law, statement } from './law.ts';
import { sumOver, tabulate } from './places.ts';
import { totalSize } from './sizes.ts';
import { optionsOf, type Planes, planesCase, shapeOf } from './windows.ts';

/** Roundings of a transform of up to 24 elements and of a sum of as many terms on the other side. */
const rounds = 400;
const norms: readonly FourierNorm[] = ['backward', 'ortho', 'forward'];

const signal = (n: number) => ({ real: { shape: [2, n] }, imag: { shape: [2, n] } });
const lengths = (fc: typeof FastCheck): FastCheck.Arbitrary<{ n: number }> =>
  fc.record({ n: fc.integer({ min: 1, max: 12 }) });
const parts = (left: Complex, right: Complex, more: Omit<Equation, 'left' | 'right'>): Equation[] => [
  { of: 'the real part', left: left.real, right: right.real, ...more },
  { of: 'the imaginary part', left: left.imag, right: right.imag, ...more },
];

/** a · e^{i·angle}, element by element along the last axis. */
function turned({ real, imag }: Complex, angles: readonly number[]): Complex {
  const line = (numbers: number[]): Tensor =>
    constant(real.graph, { dtype: real.dtype, shape: [numbers.length] }, numbers) as Tensor;
  const [cos, sin] = [line(angles.map(Math.cos)), line(angles.map(Math.sin))];
  return {
    real: sub(mul(real, cos), mul(imag, sin)) as Tensor,
    imag: add(mul(real, sin), mul(imag, cos)) as Tensor,
  };
}

const sizeOfBoth = ({ real, imag }: { real: Tensor; imag: Tensor }, like: Tensor, weight = 1): Tensor =>
  add(totalSize(real, like, weight), totalSize(imag, like, weight)) as Tensor;

/** Σⱼ (re + i·im)[j]·e^{−2πi·jk/n}: its part, by the definition. */
const transformed = (re: NdArray, im: NdArray, n: number, part: 'real' | 'imag'): number[] =>
  tabulate([2, n], ([row, k]) =>
    sumOver([n], ([j]) => {
      const angle = (-2 * Math.PI * ((j! * k!) % n)) / n;
      const [a, b] = [re.data[row! * n + j!]!, im.data[row! * n + j!]!];
      return part === 'real' ? a * Math.cos(angle) - b * Math.sin(angle) : a * Math.sin(angle) + b * Math.cos(angle);
    }),
  );

export const spectralLaws: readonly Law[] = [
  law({
    name: 'spectrum: definition',
    about: 'The transform is Σ z[j]·e^{−2πi·jk/n} (operators.md 26).',
    ops: ['fft'],
    cases: lengths,
    state: ({ n }) =>
      statement(signal(n), (z) => {
        const { real, imag } = fft(z);
        const size = sizeOfBoth(z, real);
        return [
          { of: 'the real part', left: real, right: (v) => transformed(v.real!, v.imag!, n, 'real'), rounds, size },
          {
            of: 'the imaginary part',
            left: imag,
            right: (v) => transformed(v.real!, v.imag!, n, 'imag'),
            rounds,
            size,
          },
        ];
      }),
  }),
  law({
    name: 'spectrum: back',
    about:
      'The inverse transform of the same norm undoes the transform, of real signals as well (operators.md 14, 26).',
    ops: ['fft', 'ifft', 'rfft', 'irfft'],
    cases: (fc) => fc.record({ n: fc.integer({ min: 1, max: 12 }), norm: fc.constantFrom(...norms) }),
    state: ({ n, norm }) =>
      statement(signal(n), (z) => {
        const size = sizeOfBoth(z, z.real, 2);
        const back = irfft(rfft(z.real, { norm }), { length: n, norm }) as Tensor;
        return [
          ...parts(ifft(fft(z, { norm }), { norm }), z, { wrt: ['real', 'imag'], rounds, size }),
          { of: 'a real signal', left: back, right: z.real, wrt: ['real'], rounds, size: totalSize(z.real, z.real, 2) },
        ];
      }),
  }),
  law({
    name: 'spectrum: Parseval',
    about:
      'Σ|x|² is Σ|X|², divided by n after a transform that is not, times n after one that was (Parseval; operators.md 14).',
    ops: ['fft'],
    cases: (fc) => fc.record({ n: fc.integer({ min: 1, max: 12 }), norm: fc.constantFrom(...norms) }),
    state: ({ n, norm }) =>
      statement(signal(n), (z) => {
        const energy = ({ real, imag }: Complex): Tensor => sum(add(square(real), square(imag)) as Tensor);
        const by = { backward: 1 / n, ortho: 1, forward: n }[norm];
        const size = mul(square(add(sum(abs(z.real)), sum(abs(z.imag))) as Tensor), 4) as Tensor;
        return {
          left: mul(energy(fft(z, { norm })), by) as Tensor,
          right: energy(z),
          wrt: ['real', 'imag'],
          rounds,
          size,
        };
      }),
  }),
  law({
    name: 'spectrum: shifts',
    about: 'A shift by s turns frequency k by −2π·sk/n (shift theorem).',
    ops: ['fft', 'roll'],
    cases: (fc) => fc.record({ n: fc.integer({ min: 1, max: 12 }), by: fc.integer({ min: 0, max: 11 }) }),
    state: ({ n, by }) =>
      statement(signal(n), (z) => {
        const moved = { real: roll(z.real, by, 1), imag: roll(z.imag, by, 1) };
        const angles = Array.from({ length: n }, (_, k) => (-2 * Math.PI * ((k * by) % n)) / n);
        const size = sizeOfBoth(z, z.real, 2);
        return parts(fft(moved), turned(fft(z), angles), { wrt: ['real', 'imag'], rounds, size });
      }),
  }),
  law({
    name: 'spectrum: folding',
    about:
      'Taking every s-th element adds s copies of the spectrum, shifted by n / s, over s (aliasing; operators.md 15, 28).',
    ops: ['fft'],
    cases: (fc) => fc.record({ kept: fc.integer({ min: 1, max: 5 }), step: fc.integer({ min: 1, max: 4 }) }),
    state: ({ kept, step }) =>
      statement(signal(kept * step), (z) => {
        const every = (t: Tensor): Tensor => sliceAlong(t, 1, 0, kept * step, step);
        const folded = (t: Tensor): Tensor => {
          const copies = Array.from({ length: step }, (_, r) => sliceAlong(t, 1, r * kept, (r + 1) * kept));
          return mul(
            copies.reduce((a, b) => add(a, b) as Tensor),
            1 / step,
          ) as Tensor;
        };
        const whole = fft(z);
        const left = fft({ real: every(z.real), imag: every(z.imag) });
        const right = { real: folded(whole.real), imag: folded(whole.imag) };
        return parts(left, right, { wrt: ['real', 'imag'], rounds, size: sizeOfBoth(z, left.real, 2) });
      }),
  }),
  law({
    name: 'spectrum: halves',
    about: 'The transform of a real signal is the first half of the complex one (operators.md 26).',
    ops: ['rfft', 'fft'],
    cases: lengths,
    state: ({ n }) =>
      statement({ x: { shape: [2, n] } }, ({ x }) => {
        const [left, whole] = [rfft(x), fft(x)];
        const half = (t: Tensor): Tensor => sliceAlong(t, 1, 0, Math.floor(n / 2) + 1);
        const size = totalSize(x, left.real, 2);
        return parts(left, { real: half(whole.real), imag: half(whole.imag) }, { wrt: ['x'], rounds, size });
      }),
  }),
  law({
    name: 'spectrum: two dimensions',
    about: 'The transform of a plane is that of its rows and then of its columns (operators.md 26).',
    ops: ['fft2', 'fft', 'ifft2', 'rfft2', 'irfft2'],
    cases: (fc) => fc.record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 6 }) }),
    state: ({ rows, columns }) =>
      statement({ x: { shape: [2, rows, columns] } }, ({ x }) => {
        const left = fft2(x);
        const right = fft(fft(x, { axis: 2 }), { axis: 1 });
        const size = totalSize(x, left.real, 2);
        const back = irfft2(rfft2(x), { size: [rows, columns] }) as Tensor;
        return [
          ...parts(left, right, { wrt: ['x'], rounds, size }),
          { of: 'the way back', left: ifft2(left).real, right: x, wrt: ['x'], rounds, size },
          { of: 'the way back of a real plane', left: back, right: x, wrt: ['x'], rounds, size },
        ];
      }),
  }),
  law({
    name: 'spectrum: convolution',
    about: 'Convolution by Fourier transforms is convolution (convolution theorem; operators.md 25).',
    ops: ['fftConv2d', 'conv2d'],
    cases: planesCase(),
    state: (c: Planes) =>
      statement(
        { x: { shape: shapeOf(c) }, w: { shape: [2, c.channels, ...c.axes.map(({ kernel }) => kernel)] } },
        ({ x, w }) => {
          const transformed: (x: Tensor, w: Tensor, options: FftConvChoice & ConvOptions) => Tensor = fftConv2d;
          const direct: (x: Tensor, w: Tensor, options: ConvOptions) => Tensor = conv2d;
          const left = transformed(x, w, { ...optionsOf(c.axes), algorithm: 'fft' });
          const size = mul(totalSize(x, left, 2), totalSize(w, left, 2)) as Tensor;
          return { left, right: direct(x, w, optionsOf(c.axes)), wrt: ['x', 'w'], rounds, size };
        },
      ),
  }),
];
