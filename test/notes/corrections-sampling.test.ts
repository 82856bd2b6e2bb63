import { describe, expect, test } from 'vitest';
import { aliasedEnergy, antialiasTable, foldedBins, nyquistReport } from '../../src/analysis/index.ts';
import { array, f64, type Tensor } from '../../src/graph/index.ts';
import {
  antialiasResponse,
  fft2,
  type PresetName,
  preset,
  type ResizeMode,
  type Rounding,
  resize1d,
  slice,
} from '../../src/ops/index.ts';
import { decides } from './page.ts';
import { inner, line, type Values, values } from './values.ts';

const resized = (x: readonly number[], f: (x: Values) => Tensor): readonly number[] =>
  values({ x: line(...x) }, ({ x }) => ({ y: f(x) })).y;

describe('corrections of sampling and interpolation', () => {
  test('12: at exactly twice the frequency nothing need be left', () => {
    const sine = Array.from({ length: 16 }, (_, n) => Math.sin((2 * Math.PI * 4 * n) / 16));
    const report = nyquistReport(array(f64(16), sine), { rate: 16 });
    const { kept } = values({ x: line(...sine) }, ({ x }) => ({
      kept: slice(x, { starts: [0, 0, 0], limits: [1, 1, 16], steps: [1, 1, 2] }) as Tensor,
    }));
    const largest = Math.max(...kept.map(Math.abs));
    decides(
      12,
      `a sine of 4 periods in 16 samples needs a rate above ${report.rateAbove}; the greatest of ${kept.length} samples is ${largest.toFixed(3)}`,
    );
  });

  test('13: σ = s/2π hardly filters', () => {
    const { taps, gaussian, response } = antialiasResponse(2, { rule: 'seed' });
    const table = Object.fromEntries(antialiasTable(2).map((row) => [row.rule, row]));
    expect(gaussian).toBeCloseTo(Math.exp(-1 / 8), 12);
    expect(table.seed!.aliased).toBeGreaterThan(3 * table['s/2']!.aliased);
    const central = taps.filter((tap) => tap > 1e-3).map((tap) => tap.toFixed(3));
    const half = antialiasResponse(2, { rule: 's/2' });
    const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
    decides(
      13,
      `s = 2: a Gaussian would leave ${percent(gaussian)} at the new limit, its taps ${central.join(' ')} leave ${percent(response(0.25))}; of white noise after it ${percent(table.seed!.aliased)} is aliased, by s/2 ${percent(table['s/2']!.aliased)} (${percent(half.response(0.25))} left)`,
    );
  });

  test('14: where 1/MN stands', () => {
    const x = array(f64(2, 3), [1, 2, 0, 3, 1, 1]);
    const parts = (['forward', 'backward', 'ortho'] as const).map((norm) => {
      const { real, imag } = values({ x }, ({ x }) => ({ ...fft2(x, { norm }) }));
      const ratio = (inner(real, real) + inner(imag, imag)) / inner([...x.data], [...x.data]);
      return `${norm} ${real[0]!.toFixed(2)} and ${ratio.toFixed(2)}`;
    });
    expect(preset('seed').fft.norm).toBe('forward');
    expect(preset('torch').fft.norm).toBe('backward');
    decides(14, `F(0, 0) of 1 2 0 / 3 1 1, and the energy of F in that of f: ${parts.join(', ')}`);
  });

  test('15: copies of the spectrum are added, not only stretched', () => {
    const flat = array(f64(16), new Array<number>(16).fill(1));
    const { fraction } = aliasedEnergy(flat, 2);
    decides(
      15,
      `bins ${foldedBins(16, 2)[3]!.join(' and ')} of 16 become bin 3 of 8; of white noise ${fraction} is aliased`,
    );
  });

  test('16: round(x) has four readings', () => {
    const roundings: readonly Rounding[] = ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'];
    const read = roundings.map((rounding) => {
      const y = resized([0, 1], (x) => resize1d(x, { size: 8, mode: 'nearest', coordinates: 'asymmetric', rounding }));
      return `${rounding} ${y.slice(1, 4).join(' ')}`;
    });
    expect(new Set(read.map((text) => text.slice(-5))).size).toBe(4);
    decides(16, `0 1 read at 0.25, 0.5 and 0.75: ${read.join(', ')}`);
  });

  test('17: the map of coordinates decides every pixel', () => {
    const maps = (['half_pixel', 'align_corners', 'asymmetric'] as const).map((coordinates) => {
      const y = resized([0, 12], (x) => resize1d(x, { size: 4, mode: 'linear', coordinates }));
      return `${coordinates} ${y.join(' ')}`;
    });
    decides(17, `0 12 enlarged to four: ${maps.join(', ')}`);
  });

  test('18: bicubic is not one kernel', () => {
    const at = (name: PresetName): number =>
      resized([0, 1, 4, 9], (x) => resize1d(x, { ...preset(name).cubic, coordinates: 'asymmetric', size: 8 }))[3]!;
    decides(
      18,
      `x² = 0 1 4 9 at 1.5: ${at('seed')} with a = −0.5 (the notes), ${at('torch')} with a = −0.75 (PyTorch, ONNX); true is 2.25`,
    );
  });

  test('19: Lanczos weights do not sum to 1', () => {
    const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
    const raw = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5].reduce((sum, x) => sum + sinc(x) * sinc(x / 3), 0);
    const mode: ResizeMode = { lanczos: 3 };
    const grey = resized(new Array<number>(12).fill(1), (x) => resize1d(x, { size: 24, mode }));
    for (const value of grey) expect(value).toBeCloseTo(1, 12);
    // Stripes of one pixel, every third kept: aliased unless the kernel is stretched.
    const stripes = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const ripple = (antialias: boolean): string =>
      Math.max(
        ...resized(stripes, (x) => resize1d(x, { size: 8, mode, antialias }))
          .slice(2, 6)
          .map(Math.abs),
      ).toFixed(2);
    decides(
      19,
      `weights half way sum to ${raw.toFixed(3)}; divided by it, grey stays grey. Stripes of 1 and −1 made three times smaller: ${ripple(false)} as they are, ${ripple(true)} with the kernel stretched`,
    );
  });
});
