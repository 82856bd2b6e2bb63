import type { Fan, Initialiser } from './initialiser.ts';

/** Normal with variance 2 / (fan in + fan out): level forward and backward as far as both can be (Glorot, Bengio 2010). */
export const glorotNormal = (): Initialiser => (_, fan) => {
  const deviation = Math.sqrt(variance(fan));
  return (random) => deviation * random.normal();
};

/** Uniform with the variance of {@link glorotNormal}. */
export const glorotUniform = (): Initialiser => (_, fan) => {
  const bound = Math.sqrt(3 * variance(fan));
  return (random) => bound * (2 * random.uniform() - 1);
};

const variance = (fan: Fan): number => 2 / Math.max(fan.in + fan.out, Number.MIN_VALUE);
