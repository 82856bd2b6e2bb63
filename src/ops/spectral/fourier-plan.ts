import { unitRoot } from './unit-root.ts';

/** Fills `out` with the transform of `z`; both hold n numbers as n pairs (real, imaginary), and are not the same. */
export type FourierPlan = (z: Float64Array, out: Float64Array) => void;

/** Prime factors above this make the direct sum slower than three transforms of a power of two. */
const largestRadix = 64;

/** Whether n has a large prime factor, which takes Bluestein's detour. */
export const needsDetour = (n: number): boolean => primesOf(n).some((p) => p > largestRadix);

/** out[k] = Σ_j z[j]·e^{sign·2πi·jk/n}, for any n ≥ 1: mixed radix, by Bluestein's detour where n has a large prime factor. */
export function fourierPlan(n: number, sign: 1 | -1): FourierPlan {
  return needsDetour(n) ? bluestein(n, sign) : mixedRadix(n, primesOf(n), sign);
}

/** Floating-point operations of one such transform, about. */
export function fourierFlops(n: number): number {
  if (needsDetour(n)) return 2 * fourierFlops(detour(n)) + 20 * n;
  return primesOf(n).reduce((sum, p) => sum + n * (p === 2 ? 5 : 8 * p), 0);
}

/** Decimation in time: n = p·m makes p transforms of every p-th element, and m of length p that join them. */
function mixedRadix(n: number, primes: readonly number[], sign: 1 | -1): FourierPlan {
  const roots = rootsOf(n, sign);
  const twiddled = new Float64Array(2 * Math.max(1, ...primes));
  return (z, out) => {
    const transform = (level: number, size: number, from: number, stride: number, to: number): void => {
      if (size === 1) {
        out[2 * to] = z[2 * from]!;
        out[2 * to + 1] = z[2 * from + 1]!;
        return;
      }
      const p = primes[level]!;
      const m = size / p;
      for (let r = 0; r < p; r++) transform(level + 1, m, from + r * stride, stride * p, to + r * m);
      // Of all n roots, those of order `size` are every stride-th one.
      if (p === 2) joinTwo(out, roots, to, m, stride);
      else join(out, roots, twiddled, { to, p, m, stride, n });
    };
    transform(0, n, 0, 1, 0);
  };
}

function joinTwo(out: Float64Array, roots: Float64Array, to: number, m: number, stride: number): void {
  for (let k = 0; k < m; k++) {
    const [a, b, w] = [2 * (to + k), 2 * (to + m + k), 2 * k * stride];
    const re = out[b]! * roots[w]! - out[b + 1]! * roots[w + 1]!;
    const im = out[b]! * roots[w + 1]! + out[b + 1]! * roots[w]!;
    out[b] = out[a]! - re;
    out[b + 1] = out[a + 1]! - im;
    out[a]! += re;
    out[a + 1]! += im;
  }
}

interface Join {
  readonly to: number;
  readonly p: number;
  readonly m: number;
  readonly stride: number;
  readonly n: number;
}

function join(out: Float64Array, roots: Float64Array, twiddled: Float64Array, { to, p, m, stride, n }: Join): void {
  for (let k = 0; k < m; k++) {
    for (let r = 0; r < p; r++) {
      const [at, w] = [2 * (to + r * m + k), 2 * r * k * stride];
      twiddled[2 * r] = out[at]! * roots[w]! - out[at + 1]! * roots[w + 1]!;
      twiddled[2 * r + 1] = out[at]! * roots[w + 1]! + out[at + 1]! * roots[w]!;
    }
    for (let q = 0; q < p; q++) {
      let [re, im] = [0, 0];
      for (let r = 0; r < p; r++) {
        const w = 2 * ((r * q * (n / p)) % n);
        re += twiddled[2 * r]! * roots[w]! - twiddled[2 * r + 1]! * roots[w + 1]!;
        im += twiddled[2 * r]! * roots[w + 1]! + twiddled[2 * r + 1]! * roots[w]!;
      }
      out[2 * (to + q * m + k)] = re;
      out[2 * (to + q * m + k) + 1] = im;
    }
  }
}

/** What a transform is multiplied with on its detour, in pairs. */
export interface Detour {
  /** A power of two. */
  readonly size: number;
  readonly chirp: Float64Array;
  /** The transform of the chirp's conjugate. */
  readonly spectrum: Float64Array;
}

/**
 * 2jk = j² + k² − (k − j)², so the transform is a convolution with a chirp, which transforms of a power of two do.
 */
export function detourOf(n: number, sign: 1 | -1): Detour {
  const size = detour(n);
  const chirp = new Float64Array(2 * n);
  const filter = new Float64Array(2 * size);
  for (let j = 0; j < n; j++) {
    const [re, im] = unitRoot(sign * ((j * j) % (2 * n)), 2 * n);
    chirp.set([re, im], 2 * j);
    filter.set([re, -im], 2 * j);
    if (j > 0) filter.set([re, -im], 2 * (size - j));
  }
  const spectrum = new Float64Array(2 * size);
  fourierPlan(size, -1)(filter, spectrum);
  return { size, chirp, spectrum };
}

function bluestein(n: number, sign: 1 | -1): FourierPlan {
  const { size, chirp, spectrum } = detourOf(n, sign);
  const [there, back] = [fourierPlan(size, -1), fourierPlan(size, 1)];
  const [wide, work] = [new Float64Array(2 * size), new Float64Array(2 * size)];
  return (z, out) => {
    wide.fill(0);
    multiply(z, chirp, n, wide);
    there(wide, work);
    multiply(work, spectrum, size, work);
    back(work, wide);
    multiply(wide, chirp, n, out);
    for (let i = 0; i < 2 * n; i++) out[i]! /= size;
  };
}

/** The power of two that holds the chirp's convolution without wrapping round. */
const detour = (n: number): number => 2 ** Math.ceil(Math.log2(2 * n - 1));

function multiply(a: Float64Array, b: Float64Array, n: number, out: Float64Array): void {
  for (let i = 0; i < 2 * n; i += 2) {
    const re = a[i]! * b[i]! - a[i + 1]! * b[i + 1]!;
    out[i + 1] = a[i]! * b[i + 1]! + a[i + 1]! * b[i]!;
    out[i] = re;
  }
}

/** All n-th roots of one, in pairs. */
export function rootsOf(n: number, sign: 1 | -1): Float64Array {
  const roots = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) roots.set(unitRoot(sign * k, n), 2 * k);
  return roots;
}

/** The prime factors of n, least first. */
export function primesOf(n: number): number[] {
  const primes: number[] = [];
  let rest = n;
  for (let p = 2; p * p <= rest; p++) for (; rest % p === 0; rest /= p) primes.push(p);
  return rest > 1 ? [...primes, rest] : primes;
}
