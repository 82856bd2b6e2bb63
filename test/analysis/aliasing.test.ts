import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aliasedEnergy,
  aliasingOf,
  antialiasTable,
  foldedBins,
  nyquistReport,
  responseOf,
  shiftConsistency,
  spectrumOf,
} from '../../src/analysis/index.ts';
import {
  array,
  avgPool1d,
  avgPool2d,
  blurPool,
  conv2d,
  f64,
  GraphBuilder,
  gaussianBlur,
  maxPool2d,
  type NdArray,
  relu,
  type Tensor,
} from '../../src/index.ts';

const line = (x: Tensor) => x as Tensor<[1, 1, number]>;
const plane = (x: Tensor) => x as Tensor<[1, 1, number, number]>;
const signal = (length: number, f: (n: number) => number): NdArray =>
  array(
    f64(length),
    Array.from({ length }, (_, n) => f(n)),
  );
const wave = (cycles: number) => (n: number) => Math.sin(2 * Math.PI * cycles * n + 0.3);

describe('the frequency response', () => {
  it.each([2, 3, 5])('of the mean of %i is a periodic sinc, side lobes included, whatever the stride', (kernel) => {
    const n = 30;
    for (const stride of [1, 2, 3]) {
      const { magnitude } = responseOf((x) => avgPool1d(line(x), { kernel, stride }), { type: f64(1, 1, n) });
      for (let k = 1; k < n; k++) {
        const angle = (Math.PI * k) / n;
        const sinc = Math.abs(Math.sin(kernel * angle) / (kernel * Math.sin(angle)));
        expect(magnitude.data[k]).toBeCloseTo(sinc, 12);
      }
      expect(magnitude.data[0]).toBeCloseTo(1, 12);
    }
  });

  it('in two dimensions is the product of those along the axes for separable filters', () => {
    const options = { stride: 1, kernel: 3, padding: 'zero' } as const;
    const along = (size: number): NdArray['data'] =>
      responseOf((x) => blurPool(line(x), options), { type: f64(1, 1, size) }).magnitude.data;
    const [rows, columns] = [along(8), along(10)];
    const { magnitude } = responseOf((x) => blurPool(plane(x), options), { type: f64(1, 1, 8, 10) });
    expect(magnitude.shape).toEqual([8, 10]);
    for (const [i, value] of [...magnitude.data].entries())
      expect(value).toBeCloseTo(rows[Math.floor(i / 10)]! * columns[i % 10]!, 12);
  });

  it('of a layer with parameters is that of the channels asked for', () => {
    const w = array(
      f64(2, 3, 1, 2),
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    const layer = (x: Tensor): Tensor => conv2d(x as Tensor<[1, 3, 8, 8]>, x.graph.parameter('w', w));
    const { weights } = responseOf(layer, { type: f64(1, 3, 8, 8), values: { w }, inChannel: 2, outChannel: 1 });
    expect([...weights.data].filter((value) => value !== 0)).toEqual([11, 12]);
  });

  it('refuses batches, other ranks and channels that are none', () => {
    expect(() => responseOf((x) => x, { type: f64(2, 1, 8) })).toThrow('response/shape');
    expect(() => responseOf((x) => x, { type: f64(1, 1, 2, 2, 2) })).toThrow('response/shape');
    expect(() => responseOf((x) => x, { type: f64(1, 1, 8), outChannel: 1 })).toThrow('response/channel');
  });
});

describe('folding', () => {
  it('tells which bins are added up: the spectrum of what is kept is their mean', () => {
    const values = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(values, fc.constantFrom(2, 3, 4), (x, factor) => {
        const whole = fourier(x);
        const kept = fourier(x.filter((_, n) => n % factor === 0));
        foldedBins(24, factor).forEach((bins, k) => {
          for (const part of [0, 1] as const) {
            const mean = bins.reduce((sum, bin) => sum + whole[bin]![part], 0) / factor;
            expect(mean).toBeCloseTo(kept[k]![part], 9);
          }
        });
      }),
      { numRuns: 20 },
    );
  });

  it('counts a tone above the limit as aliased, one below as not, after what the filter leaves of them', () => {
    const flat = array(f64(64), new Array<number>(64).fill(1));
    const [low, high] = [5 / 64, 25 / 64].map((cycles) => spectrumOf(signal(64, wave(cycles))));
    expect(aliasedEnergy(flat, 2, low).fraction).toBeLessThan(1e-12);
    expect(aliasedEnergy(flat, 2, high).fraction).toBeGreaterThan(1 - 1e-12);
    const both = spectrumOf(signal(64, (n) => wave(5 / 64)(n) + wave(25 / 64)(n)));
    expect(aliasedEnergy(flat, 2, both).fraction).toBeCloseTo(0.5, 9);
    const { magnitude } = responseOf((x) => gaussianBlur(line(x), { sigma: 1 }), { type: f64(1, 1, 64) });
    expect(aliasedEnergy(magnitude, 2, both).fraction).toBeLessThan(0.02);
  });

  it('of white noise and no filter aliases what lies beyond the limit', () => {
    const flat = array(f64(16, 16), new Array<number>(256).fill(1));
    // Along each axis 9 of 16 bins, the limit's own among them, are kept as they are.
    expect(aliasedEnergy(flat, 2).fraction).toBeCloseTo(1 - (9 / 16) ** 2, 12);
    expect(() => aliasedEnergy(flat, 3)).toThrow('folding/size');
  });
});

describe('the aliasing of a graph', () => {
  it('finds what makes planes smaller: dropping pixels has no filter, means have one, maxima are not linear', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 16, 16));
    const w = g.parameter('w', f64(1, 1, 1, 1));
    const dropped = conv2d(x, w, { stride: 2 });
    const averaged = avgPool2d(x, { kernel: 2 });
    const same = avgPool2d(x, { kernel: 3, stride: 1, padding: 1 });
    const graph = g.build({ dropped, averaged, same, largest: maxPool2d(x, { kernel: 4 }) });
    const found = aliasingOf(graph, { w: array(f64(1, 1, 1, 1), [3]) });
    // Means go axis by axis.
    expect(found.map(({ factor }) => factor.join('×'))).toEqual(['2×2', '2×1', '1×2', '4×4']);
    const [conv, mean, , max] = found;
    expect(conv!.aliased).toBeCloseTo(conv!.unfiltered, 12);
    expect(mean!.aliased).toBeLessThan(0.75 * mean!.unfiltered);
    expect(max!.aliased).toBeUndefined();
  });
});

describe('the Nyquist report', () => {
  it('finds the highest frequency that counts, and that the rate must be above twice of it', () => {
    const report = nyquistReport(
      signal(128, (n) => 3 + wave(4 / 128)(n) + 0.5 * wave(10 / 128)(n)),
      { rate: 128 },
    );
    expect(report).toMatchObject({ bandLimit: 10, rateAbove: 20, largestFactor: 6 });
    // At exactly twice the frequency nothing may be left: every sample of a sine is a zero.
    const sine = signal(128, (n) => Math.sin((2 * Math.PI * 16 * n) / 128));
    expect(nyquistReport(sine).largestFactor).toBe(3);
    expect(Math.max(...[...sine.data].filter((_, n) => n % 4 === 0).map(Math.abs))).toBeLessThan(1e-12);
  });

  it('of a constant is that any rate will do', () => {
    expect(nyquistReport(signal(8, () => 5))).toMatchObject({ bandLimit: 0, largestFactor: 8 });
    expect(() => nyquistReport(signal(1, () => 5))).toThrow('nyquist/signal');
  });
});

describe('shift consistency', () => {
  const type = f64(1, 1, 16, 16);
  const image = array(
    f64(1, 16, 24),
    Array.from({ length: 16 * 24 }, (_, i) => ((i * i * 31 + i * 7) % 97) / 97),
  );
  const of = (f: (x: Tensor<[1, 1, number, number]>) => Tensor) =>
    shiftConsistency((x) => f(plane(x)), { type, image, shifts: [0, 1, 2, 3, 4] });

  it('of what has stride 1 is exact, of a stride at its multiples', () => {
    for (const { largest } of of((x) => relu(x) as Tensor)) expect(largest).toBe(0);
    const pooled = of((x) => maxPool2d(x, { kernel: 2 }));
    expect(pooled.map(({ largest }) => largest === 0)).toEqual([true, false, true, false, true]);
    expect(pooled.map(({ moved }) => moved)).toEqual([0, 1, 1, 2, 2]);
  });

  it('of pooling gets better by blurring before it', () => {
    const plain = of((x) => maxPool2d(x, { kernel: 2 }));
    const blurred = of((x) => blurPool(maxPool2d(x, { kernel: 2, stride: 1 }) as typeof x, { stride: 2 }));
    expect(blurred[1]!.relative).toBeLessThan(0.6 * plain[1]!.relative);
  });

  it('refuses an image that is too small', () => {
    expect(() => shiftConsistency((x) => x, { type, image, shifts: [9] })).toThrow('shift/image');
  });
});

describe('rules against aliasing', () => {
  it('trade blur for aliasing', () => {
    const rows = antialiasTable(2);
    const sorted = rows.toSorted((a, b) => a.sigma - b.sigma);
    for (const [i, row] of sorted.entries()) {
      if (i === 0) continue;
      expect(row.aliased).toBeLessThan(sorted[i - 1]!.aliased);
      expect(row.blurred).toBeGreaterThan(sorted[i - 1]!.blurred);
    }
    const seed = rows.find(({ rule }) => rule === 'seed')!;
    expect(seed.atLimit).toBeGreaterThan(0.85);
  });
});

/** The Fourier transform by its definition. */
function fourier(x: readonly number[]): [real: number, imaginary: number][] {
  return x.map((_, k) => {
    let [real, imaginary] = [0, 0];
    for (const [n, value] of x.entries()) {
      real += value * Math.cos((2 * Math.PI * k * n) / x.length);
      imaginary -= value * Math.sin((2 * Math.PI * k * n) / x.length);
    }
    return [real, imaginary];
  });
}
