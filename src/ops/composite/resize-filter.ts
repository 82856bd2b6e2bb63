import { fail } from '../../graph/error.ts';
import type { Row } from '../window/weight-table.ts';

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

/** The nearest element. */
export function nearest(rounding: Rounding): Filter {
  if (!Object.hasOwn(roundings, rounding))
    fail('resize/options', `unknown rounding '${rounding}'`, `use one of ${Object.keys(roundings).join(', ')}.`);
  return (at) => [[roundings[rounding](at), 1]];
}

/** The two neighbours, weighted by nearness. */
export const linear: Filter = (at) => {
  const low = Math.floor(at);
  return [
    [low, 1 - (at - low)],
    [low + 1, at - low],
  ];
};
