import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, Placement } from '../kernel.ts';
import type { Correlation } from './correlation.ts';
import { vectorOf } from './tile.ts';

/**
 * Where neighbouring results are, in every value that goes with results. All distances are in bytes of the result's own
 * elements, from `Results.origin` on.
 */
export interface Spot {
  readonly positions: readonly Local[];
  /** How far behind the positions the first of them is. */
  readonly ahead: readonly number[];
  /** From each to the next. */
  readonly steps: readonly number[];
  /** How many; a vector may hold fewer than it has lanes. */
  readonly count: number;
}

/** What becomes of results. */
export interface Results {
  /** Where positions in a value that goes with results begin. */
  origin(index: number, at: Placement): number;
  /** Code for a vector of results. */
  store(code: KernelCode, at: Placement, value: Local, spot: Spot): void;
}

/** Results go to memory as they are. */
export const plainResults = ({ dtype }: Pick<Correlation, 'dtype'>): Results => ({
  origin: (_, at) => at.output.address,
  store: ({ f }, _, value, { positions: [position], ahead: [ahead], steps: [step], count }) => {
    const { lanes, bytes } = vectorOf[dtype];
    /** Pushes the address but for what may stand in the instruction, which is never negative; returns that. */
    const at = (distance: number): number => {
      f.get(position!);
      if (distance >= 0) return distance;
      f.i32(distance).op('i32.add');
      return 0;
    };
    if (step === bytes && count === lanes) {
      const rest = at(ahead!);
      f.get(value).access('v128.store', rest);
      return;
    }
    for (let lane = 0; lane < count; lane++) {
      const rest = at(ahead! + lane * step!);
      f.get(value).laneAccess(bytes === 4 ? 'v128.store32_lane' : 'v128.store64_lane', rest, lane);
    }
  },
});
