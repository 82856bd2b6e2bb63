import type { Type } from '../../graph/type.ts';
import type { RandomStream } from '../random.ts';

/**
 * How many numbers meet at a weight, on average over the border-free part of a feature map: `in` inputs per output, and
 * `out` outputs per input. What keeps variances level from layer to layer.
 */
export interface Fan {
  readonly in: number;
  readonly out: number;
}

/** The first value of one element of a parameter, drawn anew for each element. */
export type Initialiser = (type: Type, fan: Fan) => (random: RandomStream) => number;
