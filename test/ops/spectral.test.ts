import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, f64 } from '../../src/graph/type.ts';
import {
  add,
  type Complex,
  type FourierNorm,
  fft,
  fft2,
  ifft,
  ifft2,
  irfft,
  irfft2,
  mul,
  rfft,
  rfft2,
  sub,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const norms = ['backward', 'ortho', 'forward'] as const;
const norm = fc.constantFrom<FourierNorm>(...norms);
/** Mixed radices, primes, powers of two, and primes that take Bluestein's detour. */
const size = fc.oneof(fc.integer({ min: 1, max: 24 }), fc.constantFrom(64, 67, 71, 97, 134, 210));
const values = (n: number) => fc.array(fc.integer({ min: -16, max: 16 }), { minLength: n, maxLength: n });
const signal = size.chain((n) => fc.record({ re: values(n), im: values(n) }));

/** Runs functions of complex numbers; both parts of each result. */
function run(
  shape: readonly number[],
  re: readonly number[],
  im: readonly number[],
  f: (z: Complex, g: GraphBuilder) => Complex | Tensor,
): { readonly re: NdArray; readonly im: NdArray | undefined } {
  const g = new GraphBuilder();
  const z = { real: g.input('re', f64(...shape)), imag: g.input('im', f64(...shape)) };
  const y = f(z, g);
  const outputs: { [part: string]: Tensor } = 'real' in y ? { re: y.real, im: y.imag } : { re: y };
  const made = runGraph(outputs, { re: array(f64(...shape), re), im: array(f64(...shape), im) });
  return { re: made.re!, im: made.im };
}

/** The definition, sum by sum. */
function naive(re: readonly number[], im: readonly number[], sign: 1 | -1): readonly (readonly [number, number])[] {
  const n = re.length;
  return re.map((_, k) => {
    let [a, b] = [0, 0];
    re.forEach((_, j) => {
      const angle = (sign * 2 * Math.PI * ((j * k) % n)) / n;
      a += re[j]! * Math.cos(angle) - im[j]! * Math.sin(angle);
      b += re[j]! * Math.sin(angle) + im[j]! * Math.cos(angle);
    });
    return [a, b] as const;
  });
}

const factor = (norm: FourierNorm, n: number, inverse: boolean): number =>
  norm === 'ortho' ? 1 / Math.sqrt(n) : (norm === 'backward') === inverse ? 1 / n : 1;

const length2 = (...parts: readonly ArrayLike<number>[]): number =>
  Math.sqrt(parts.reduce((sum, part) => sum + Array.from(part).reduce((s, x) => s + x * x, 0), 0));

/** Each element of a transform of n sums n terms; rounding grows with the norm of the input, and its logarithm. */
const bound = (re: readonly number[], im: readonly number[]): number =>
  64 * Number.EPSILON * Math.sqrt(re.length) * (1 + length2(re, im)) * (1 + Math.log2(re.length));

function expectNear(got: ArrayLike<number>, want: ArrayLike<number>, within: number): void {
  expect(got.length).toBe(want.length);
  for (let i = 0; i < want.length; i++) expect(Math.abs(got[i]! - want[i]!)).toBeLessThanOrEqual(within);
}

describe('fft', () => {
  it.prop([signal, norm, fc.boolean()])(
    'is the defining sum, in every norm and direction',
    ({ re, im }, norm, inverse) => {
      const made = run([re.length], re, im, (z) => (inverse ? ifft : fft)(z, { norm }));
      const scale = factor(norm, re.length, inverse);
      const want = naive(re, im, inverse ? 1 : -1);
      const within = bound(re, im) * scale;
      expectNear(
        made.re.data,
        want.map(([a]) => a * scale),
        within,
      );
      expectNear(
        made.im!.data,
        want.map(([, b]) => b * scale),
        within,
      );
    },
  );

  it.prop([signal, norm])('is undone by ifft of the same norm', ({ re, im }, norm) => {
    const made = run([re.length], re, im, (z) => ifft(fft(z, { norm }), { norm }));
    expectNear(made.re.data, re, bound(re, im));
    expectNear(made.im!.data, im, bound(re, im));
  });

  it.prop([signal, norm])('keeps energy as its norm says (Parseval)', ({ re, im }, norm) => {
    const made = run([re.length], re, im, (z) => fft(z, { norm }));
    // Σ|X|² is n·Σ|x|² unscaled, so factor²·n times that of the signal.
    const share = Math.sqrt(re.length) * factor(norm, re.length, false);
    expect(Math.abs(length2(made.re.data, made.im!.data) - share * length2(re, im))).toBeLessThanOrEqual(
      bound(re, im) * share,
    );
  });

  it.prop([signal, fc.integer({ min: 0, max: 250 })])(
    'turns a shift by s into a factor e^(−2πi·ks/n)',
    ({ re, im }, by) => {
      const n = re.length;
      const shifted = (x: readonly number[]) => x.map((_, j) => x[(((j - by) % n) + n) % n]!);
      const made = run([n], shifted(re), shifted(im), (z) => fft(z));
      const still = run([n], re, im, (z) => fft(z));
      const turned = Array.from(still.re.data, (a, k) => {
        const angle = (-2 * Math.PI * ((k * by) % n)) / n;
        const b = still.im!.data[k]!;
        return [a * Math.cos(angle) - b * Math.sin(angle), a * Math.sin(angle) + b * Math.cos(angle)] as const;
      });
      expectNear(
        made.re.data,
        turned.map(([a]) => a),
        bound(re, im),
      );
      expectNear(
        made.im!.data,
        turned.map(([, b]) => b),
        bound(re, im),
      );
    },
  );

  it('is exact where all factors are quarter turns', () => {
    const made = run([4], [1, 2, 3, 5], [0, 1, 0, 0], (z) => fft(z));
    expect([...made.re.data]).toEqual([11, -1, -3, -3]);
    expect([...made.im!.data]).toEqual([1, 3, -1, -3]);
  });

  it.prop([signal, fc.integer({ min: 1, max: 30 })])(
    'crops or pads at the end to a given length',
    ({ re, im }, length) => {
      const whole = (x: readonly number[]) => Array.from({ length }, (_, j) => x[j] ?? 0);
      const made = run([re.length], re, im, (z) => fft(z, { length }));
      const want = run([length], whole(re), whole(im), (z) => fft(z));
      expect(made).toEqual(want);
    },
  );

  it('works along any axis, of empty and single ones too', () => {
    const re = Array.from({ length: 24 }, (_, i) => i % 7);
    const im = re.map((x) => 3 - x);
    const made = run([2, 3, 4], re, im, (z) => fft(z, { axis: 1 }));
    const column = (x: readonly number[]) => [0, 1, 2].map((j) => x[12 + 4 * j + 1]!);
    const want = naive(column(re), column(im), -1);
    expectNear(
      want.map((_, k) => made.re.data[12 + 4 * k + 1]!),
      want.map(([a]) => a),
      1e-13,
    );
    for (const shape of [[0], [3, 0], [0, 3]]) {
      const empty = run(shape, [], [], (z) => ifft(fft(z, { axis: -1 })));
      expect([empty.re.shape, empty.im!.shape]).toEqual([shape, shape]);
    }
    const single = run([1], [5], [7], (z) => ifft(fft(z, { norm: 'forward' }), { norm: 'ortho' }));
    expect([single.re.item(), single.im!.item()]).toEqual([5, 7]);
  });

  it('computes in double precision whatever the dtype', () => {
    const g = new GraphBuilder();
    const n = 97;
    const x = Array.from({ length: n }, (_, j) => Math.fround(Math.sin(j * j)));
    const y = fft(g.input('x', f32(n))).real;
    const want = naive(
      x,
      x.map(() => 0),
      -1,
    ).map(([a]) => Math.fround(a));
    const got = runGraph({ y }, { x: array(f32(n), x) }).y;
    // At most the rounding to f32 at a tie differs.
    expectNear(got.data, want, 2 ** -21);
  });

  it('refuses what it cannot do', () => {
    const g = new GraphBuilder();
    const [x, y] = [g.input('x', f64(4, 6)), g.input('y', f64(4, 5))] as readonly Tensor[];
    expect(() => fft({ real: x!, imag: y! })).toThrow(/fft\/parts/);
    expect(() => fft(x!, { length: -1 })).toThrow(/fft\/length/);
    expect(() => irfft(x!, { length: 0 })).toThrow(/fft\/length/);
    expect(() => fft2(x!, { axes: [1, -1] })).toThrow(/fft\/axes/);
    expect(() => fft(x!, { axis: 2 })).toThrow(/axes\/range/);
    expect(() => fft(x!, { norm: 'both' as FourierNorm })).toThrow(/fft\/norm/);
  });
});

describe('real transforms', () => {
  it.prop([size.chain(values), norm])('rfft is the first half of fft, irfft its inverse', (x, norm) => {
    const none = x.map(() => 0);
    const half = Math.floor(x.length / 2) + 1;
    const made = run([x.length], x, none, ({ real }) => rfft(real, { norm }));
    const whole = run([x.length], x, none, (z) => fft(z, { norm }));
    expect([...made.re.data]).toEqual([...whole.re.data.slice(0, half)]);
    expect([...made.im!.data]).toEqual([...whole.im!.data.slice(0, half)]);
    const back = run([x.length], x, none, ({ real }) => irfft(rfft(real, { norm }), { norm, length: x.length }));
    expectNear(back.re.data, x, bound(x, none));
  });

  it.prop([fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 2, max: 9 })), norm, fc.boolean()])(
    'in two dimensions are one transform after the other, along any two axes',
    (size, norm, turned) => {
      const shape = turned ? [...size.toReversed(), 2] : [2, ...size];
      const axes = turned ? ([1, 0] as const) : ([1, 2] as const);
      const x = Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 37) % 19) - 9);
      const none = x.map(() => 0);
      const both = run(shape, x, none, ({ real }) => rfft2(real, { axes, norm }));
      const each = run(shape, x, none, ({ real }) => fft(rfft(real, { axis: axes[1], norm }), { axis: axes[0], norm }));
      expectNear(both.re.data, each.re.data, bound(x, none));
      expectNear(both.im!.data, each.im!.data, bound(x, none));
      const back = run(shape, x, none, ({ real }) => irfft2(rfft2(real, { axes, norm }), { axes, norm, size }));
      expectNear(back.re.data, x, bound(x, none));
      const round = run(shape, x, x, (z) => ifft2(fft2(z, { axes, norm }), { axes, norm }));
      expectNear(round.im!.data, x, 2 * bound(x, x));
    },
  );

  it('irfft does not read the imaginary parts at frequency 0 and n/2', () => {
    const a = run([3], [1, 2, 3], [4, 5, 6], (z) => irfft(z));
    const b = run([3], [1, 2, 3], [0, 5, 0], (z) => irfft(z));
    expect(a.re).toEqual(b.re);
  });

  it('a product of spectra is a circular convolution', () => {
    const x = [1, 2, 0, -1, 3];
    const w = [2, -1, 0, 0, 1];
    const got = run([5], x, w, ({ real, imag }) => {
      const [a, b] = [rfft(real), rfft(imag)];
      const product = {
        real: sub(mul(a.real, b.real), mul(a.imag, b.imag)),
        imag: add(mul(a.real, b.imag), mul(a.imag, b.real)),
      };
      return irfft(product, { length: 5 });
    });
    const want = x.map((_, k) => x.reduce((sum, value, j) => sum + value * w[(k - j + 5) % 5]!, 0));
    expectNear(got.re.data, want, 1e-13);
  });
});
