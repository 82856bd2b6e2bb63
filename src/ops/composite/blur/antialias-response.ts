import { perAxis } from '../per-axis.ts';
import { type AntialiasRule, antialiasSigma } from './antialias-rule.ts';
import { gaussianTaps } from './gaussian-taps.ts';

/** What a rule does to frequencies. */
export interface AntialiasResponse {
  readonly sigma: number;
  readonly taps: readonly number[];
  /** What is left of the amplitude at the highest frequency that the result can hold, 1 / (2 · factor) per element. */
  readonly atLimit: number;
  /** The same in decibels. */
  readonly decibels: number;
  /** What a Gaussian that is not sampled would leave there: exp(−2π²σ²f²). */
  readonly gaussian: number;
  /** What is left of the amplitude at a frequency, in cycles per element; above the limit it appears as another one. */
  response(frequency: number): number;
}

/**
 * How much of what would alias `antialiasDownsample` lets through, by its own taps: what to look at before choosing a rule
 * (operators.md 29). At the limit a Gaussian leaves 0.88 of the amplitude by the rule `seed`, 0.61 by `s/pi`, 0.29 by `s/2`,
 * 0.1 by `-20dB`; three taps for a factor of 2 by `seed` leave 0.99.
 *
 * @throws CotangentError `option/value` for an unknown rule or a factor that is not a whole number of at least 1.
 */
export function antialiasResponse(
  factor: number,
  options: { readonly rule?: AntialiasRule; readonly truncate?: number } = {},
): AntialiasResponse {
  const { rule = 's/2', truncate = 4 } = options;
  const [step] = perAxis('factor', factor, 1) as [number];
  const sigma = antialiasSigma(rule, step);
  const [taps] = gaussianTaps({ sigma, truncate }, 1) as [number[]];
  const middle = (taps.length - 1) / 2;
  const response = (frequency: number): number =>
    taps.reduce((sum, weight, k) => sum + weight * Math.cos(2 * Math.PI * frequency * (k - middle)), 0);
  const limit = 1 / (2 * step);
  const atLimit = response(limit);
  const gaussian = Math.exp(-2 * (Math.PI * sigma * limit) ** 2);
  return { sigma, taps, atLimit, decibels: 20 * Math.log10(Math.abs(atLimit)), gaussian, response };
}
