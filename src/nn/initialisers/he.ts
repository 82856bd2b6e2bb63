import type { Fan, Initialiser } from './initialiser.ts';

export interface HeOptions {
  /** Level the variances forward (`in`, the default) or backward (`out`). */
  readonly fan?: 'in' | 'out';
  /** Slope of the activation for negative numbers: 0 for ReLU, 1 for none. */
  readonly slope?: number;
}

/** Normal with variance 2 / ((1 + slope²) · fan): keeps variances level through ReLU layers (He et al. 2015). */
export const heNormal =
  (options: HeOptions = {}): Initialiser =>
  (_, fan) => {
    const deviation = Math.sqrt(variance(fan, options));
    return (random) => deviation * random.normal();
  };

/** Uniform with the variance of {@link heNormal}. */
export const heUniform =
  (options: HeOptions = {}): Initialiser =>
  (_, fan) => {
    const bound = Math.sqrt(3 * variance(fan, options));
    return (random) => bound * (2 * random.uniform() - 1);
  };

// A parameter with no elements has no fan; nothing is drawn for it.
const variance = (fan: Fan, { fan: side = 'in', slope = 0 }: HeOptions): number =>
  2 / ((1 + slope * slope) * Math.max(fan[side], Number.MIN_VALUE));
