import type { Choice } from './choose.ts';
import type { Correlation } from './correlation.ts';

/** How kernels are chosen. */
export interface Choosing {
  /** Only those without a `rounding`. */
  readonly exact: boolean;
  /** By measuring; undefined: by count. */
  readonly tuner: Tuner | undefined;
}

/** Chooses by measuring. */
export interface Tuner {
  /** Choices by owner. */
  readonly chosen: WeakMap<object, Choice>;
  /** One of several candidates; undefined for a problem that is too large to try. */
  choose(problem: Correlation, candidates: readonly Choice[]): Choice | undefined;
}
