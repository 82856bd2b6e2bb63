/** Numbers in an array of any kind. */
type Sound = ArrayLike<number>;

/**
 * The scale-invariant signal-to-noise ratio of an estimate in decibels (Le Roux et al. 2019): the part of the estimate that is a multiple of
 * the truth against the rest, both without their means.
 */
export function siSnr(estimate: Sound, truth: Sound): number {
  const [e, s] = [centred(estimate), centred(truth)];
  const scale = inner(e, s) / inner(s, s);
  const rest = e.map((value, t) => value - scale * s[t]!);
  return 10 * Math.log10((scale * scale * inner(s, s)) / inner(rest, rest));
}

function centred(sound: Sound): Float64Array {
  const values = Float64Array.from(sound);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.map((value) => value - mean);
}

const inner = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, t) => sum + value * b[t]!, 0);
