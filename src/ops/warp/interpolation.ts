import { fail } from '../../graph/error.ts';

/**
 * How the elements around a position are weighed.
 *
 * - `nearest`: the nearest one alone; of two equally near ones the even one;
 * - `linear`: the two neighbours by nearness;
 * - `cubic`: the four nearest by Keys' kernel, whose slope at distance 1 is the given number.
 */
export type Interpolation = 'nearest' | 'linear' | { readonly cubic: number };

/** The elements that are read, and how their weights depend on where between two elements the position is. */
export interface Weights {
  /** The first one, counted from the element below the position; for `nearest` from the nearest element. */
  readonly first: number;
  /** One polynomial per element, in the distance 0 ≤ t < 1 from the element below; the constant term first. */
  readonly polynomials: readonly (readonly number[])[];
}

/** The weights, differentiated `order` times by the position; the right derivative where there are two. */
export function weightsOf(kernel: Interpolation, order: number): Weights {
  const { first, polynomials } = piecesOf(kernel);
  let derived = polynomials;
  for (let k = 0; k < order; k++) derived = derived.map((p) => p.slice(1).map((c, i) => c * (i + 1)));
  return { first, polynomials: derived };
}

/** How often an interpolation can be differentiated before nothing is left. */
export const highestOrder = (kernel: Interpolation): number => (kernel === 'nearest' ? 0 : kernel === 'linear' ? 1 : 3);

/** How many elements an interpolation reads along an axis. */
export const widthOf = (kernel: Interpolation): number => (kernel === 'nearest' ? 1 : kernel === 'linear' ? 2 : 4);

/** Refuses what is no interpolation: graphs from files can say anything. */
export function checkInterpolation(kernel: Interpolation): void {
  const known = kernel === 'nearest' || kernel === 'linear' || Number.isFinite(kernel?.cubic);
  if (!known)
    fail('sample/kernel', `unknown kernel ${JSON.stringify(kernel)}`, "use 'nearest', 'linear' or { cubic: −0.75 }.");
}

function piecesOf(kernel: Interpolation): Weights {
  if (kernel === 'nearest') return { first: 0, polynomials: [[1]] };
  if (kernel === 'linear')
    return {
      first: 0,
      polynomials: [
        [1, -1],
        [0, 1],
      ],
    };
  const a = kernel.cubic;
  return {
    first: -1,
    polynomials: [
      [0, a, -2 * a, a],
      [1, 0, -a - 3, a + 2],
      [0, -a, 2 * a + 3, -a - 2],
      [0, 0, a, -a],
    ],
  };
}
