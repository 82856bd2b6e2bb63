import { CotangentError } from '../../graph/error.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64, showType } from '../../graph/type.ts';

/** A checkerboard, measured. */
export interface Checkerboard {
  /**
   * From 0 (none) to 1: the root of the share that the frequencies which are multiples of 1/period, 0 aside, have in the
   * whole power of the planes.
   */
  readonly score: number;
  /** The greatest mean of a position over the least, of absolute values; ∞ where positions stay empty, 1 if even. */
  readonly unevenness: number;
  /** How many positions of a period stay empty: holes. */
  readonly holes: number;
  /** [planes, periodY, periodX]: each plane's mean by the position within a period. */
  readonly pattern: NdArray;
  /** [periodY, periodX]: the share of frequency (i / periodY, j / periodX) in the power; at [0, 0] that of the mean. */
  readonly spectrum: NdArray;
}

/**
 * How much of planes repeats with a period (operators.md 39). The mean over all elements at one position of the period,
 * for every position, is the transform of the plane at the multiples of 1/period, so nothing else is looked at. Elements
 * are weighed so that slopes and bends across the plane count as nothing (three box filters, the last two of one period).
 *
 * Overlap alone does not tell whether a transposed convolution is uneven: kernel 4 and stride 2 overlap by two and are even,
 * kernel 3 and stride 2 by one and are not, kernel 2 and stride 3 leave holes. See Odena, Dumoulin and Olah, Deconvolution
 * and Checkerboard Artifacts, 2016.
 *
 * @param planes […, H, W]
 * @param period along both axes, or of each; planes have at least 3·period − 2 elements along it
 * @throws CotangentError `checkerboard/period`.
 */
export function checkerboardIn(planes: NdArray, period: number | readonly [number, number]): Checkerboard {
  const periods = typeof period === 'number' ? ([period, period] as const) : period;
  const [height = 0, width = 0] = planes.shape.slice(-2);
  const fits = periods.every((p, i) => Number.isSafeInteger(p) && p >= 1 && 3 * p - 2 <= [height, width][i]!);
  if (planes.shape.length < 2 || !fits)
    throw new CotangentError({
      code: 'checkerboard/period',
      summary: `a period of ${periods.join('×')} cannot be told in planes of ${showType(planes)}`,
      fix: 'give whole periods from 1 on, and planes of at least 3·period − 2 elements along each axis.',
    });
  const [rows, columns] = [weights(height, periods[0]), weights(width, periods[1])];
  const count = sizeOf(planes.shape.slice(0, -2));
  const [m, n] = periods;
  const pattern = array(f64(count, m, n));
  const size = array(f64(m, n));
  let power = 0;
  for (let plane = 0, at = 0; plane < count; plane++)
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++, at++) {
        const value = planes.data[at]!;
        // All positions of a period have the same weight in total: 1 / (m·n).
        const weight = rows[i]! * columns[j]!;
        pattern.data[(plane * m + (i % m)) * n + (j % n)]! += weight * m * n * value;
        size.data[(i % m) * n + (j % n)]! += (weight * m * n * Math.abs(value)) / count;
        power += weight * value * value;
      }
  const spectrum = spectrumOf(pattern, power);
  const [least, most] = [Math.min(...size.data), Math.max(...size.data)];
  const share = Array.from(spectrum.data.subarray(1)).reduce((sum, value) => sum + value, 0);
  return {
    score: Math.sqrt(Math.min(1, share)),
    unevenness: most === 0 ? 1 : most / least,
    holes: most === 0 ? 0 : size.data.filter((value) => value === 0).length,
    pattern,
    spectrum,
  };
}

/** Weights of sum 1 that remove polynomials of degree 2 from all multiples of 1/period: box ∗ box ∗ box, in the middle. */
function weights(length: number, period: number): number[] {
  const long = Math.floor((length - 2 * period + 2) / period) * period;
  const box = (n: number): number[] => new Array<number>(n).fill(1 / n);
  const bell = convolved(convolved(box(long), box(period)), box(period));
  const before = Math.floor((length - bell.length) / 2);
  return Array.from({ length }, (_, i) => bell[i - before] ?? 0);
}

function convolved(a: readonly number[], b: readonly number[]): number[] {
  const y = new Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((left, i) => {
    b.forEach((right, j) => {
      y[i + j]! += left * right;
    });
  });
  return y;
}

/** Power of the patterns by frequency, as shares of the whole. */
function spectrumOf({ data, shape }: NdArray, power: number): NdArray {
  const [count, m, n] = shape as [number, number, number];
  const y = array(f64(m, n));
  if (power === 0) return y;
  for (let k = 0; k < m * n; k++)
    for (let plane = 0; plane < count; plane++) {
      let [real, imag] = [0, 0];
      for (let p = 0; p < m * n; p++) {
        const turn = (Math.floor(k / n) * Math.floor(p / n)) / m + ((k % n) * (p % n)) / n;
        real += data[plane * m * n + p]! * Math.cos(2 * Math.PI * turn);
        imag += data[plane * m * n + p]! * Math.sin(2 * Math.PI * turn);
      }
      y.data[k]! += (real * real + imag * imag) / (m * n) ** 2 / power;
    }
  return y;
}
