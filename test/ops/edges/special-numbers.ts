/**
 * How a backend may differ from the definition where numbers are NaN, infinite, subnormal, huge, tiny or −0:
 *
 * - `sums`: zeros of either sign, and subnormal results off by their last bits;
 * - `reordered`: the same, and where sums overflow on the way, or padding's zeros meet weights that are not finite, a result
 *   may be NaN or infinite that is not so by definition; no NaN and no infinity is ever lost;
 * - `refused`: it exists to refuse them.
 */
export type Agreement = 'sums' | 'reordered' | 'refused';

/**
 * The operators for which a backend need not give the reference's bits, NaNs, infinities and signs of zeros included.
 * Functions that are no polynomials may be off by a few units in the last place everywhere.
 */
export const specialNumbers: { readonly [op: string]: Agreement } = {
  conv: 'reordered',
  linearWindows: 'sums',
  matmul: 'reordered',
  sample: 'sums',
  splat: 'sums',
  sum: 'reordered',
  within: 'refused',
};
