import { fail } from '../../../graph/error.ts';
import { type Interpolation, weightsOf } from '../../warp/interpolation.ts';
import { valueAt } from '../../warp/taps.ts';
import type { Row } from '../../window/weight-table.ts';

/** What a resize mode reads at a real position of the input; positions outside it are the caller's to mend. */
export type Filter = (at: number) => Row;

/** How `nearest` rounds: halves down or up, or always down or up. ONNX's names. */
export type Rounding = 'round_prefer_floor' | 'round_prefer_ceil' | 'floor' | 'ceil';

const roundings: { readonly [r in Rounding]: (at: number) => number } = {
  round_prefer_floor: (at) => Math.ceil(at - 0.5),
  round_prefer_ceil: (at) => Math.floor(at + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** The nearest element (operators.md 30). */
export function nearest(rounding: Rounding): Filter {
  if (!Object.hasOwn(roundings, rounding))
    fail('resize/options', `unknown rounding '${rounding}'`, `use one of ${Object.keys(roundings).join(', ')}.`);
  return (at) => [[roundings[rounding](at), 1]];
}

/** The neighbours by a piecewise polynomial kernel (operators.md 31, 32), made `stretch` ≥ 1 times as wide. */
export function polynomial(kernel: Exclude<Interpolation, 'nearest'>, stretch: number): Filter {
  const { first, polynomials } = weightsOf(kernel, 0);
  if (stretch > 1)
    // The element at distance u stands in the piece that ends at ⌈u⌉.
    return stretched(
      (u) => valueAt(polynomials[Math.ceil(u) - first]!, Math.ceil(u) - u),
      polynomials.length / 2,
      stretch,
    );
  return (at) => {
    const below = Math.floor(at);
    return polynomials.map((p, k) => [below + first + k, valueAt(p, at - below)] as const);
  };
}

/** The 2a nearest by sinc(d)·sinc(d / a) (operators.md 33), made `stretch` ≥ 1 times as wide; their sum is only nearly 1. */
export const lanczos = (a: number, stretch: number): Filter => stretched((u) => sinc(u) * sinc(u / a), a, stretch);

/** Every element nearer than `reach` times `stretch`. */
const stretched =
  (weight: (distance: number) => number, reach: number, stretch: number): Filter =>
  (at) => {
    const first = Math.floor(at - reach * stretch) + 1;
    const count = Math.ceil(at + reach * stretch) - first;
    return Array.from({ length: count }, (_, k) => [first + k, weight((first + k - at) / stretch)] as const);
  };

/** sin(πx) / πx, and exactly 0 at whole x. */
function sinc(x: number): number {
  if (Number.isInteger(x)) return x === 0 ? 1 : 0;
  return Math.sin(Math.PI * x) / (Math.PI * x);
}
