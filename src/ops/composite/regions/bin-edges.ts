import type { Tensor } from '../../../graph/tensor.ts';
import { iota } from '../../constant/iota.ts';
import { abs } from '../../pointwise/abs.ts';
import { add } from '../../pointwise/add.ts';
import { cast } from '../../pointwise/cast.ts';
import { ceil } from '../../pointwise/ceil.ts';
import { div } from '../../pointwise/div.ts';
import { floor } from '../../pointwise/floor.ts';
import { maximum } from '../../pointwise/maximum.ts';
import { mul } from '../../pointwise/mul.ts';
import { sign } from '../../pointwise/sign.ts';
import { sub } from '../../pointwise/sub.ts';
import { reshape } from '../../shape/reshape.ts';
import { clip } from '../clip.ts';
import type { Edges } from './boxes.ts';

/** How boxes are rounded to whole elements along one axis. */
export interface BinRule {
  readonly bins: number;
  readonly scale: number;
  /** Added to the distance of the rounded edges: 1 where the upper one is an element of the box. */
  readonly extra: 0 | 1;
  /** Edges are held between 0 and this. */
  readonly last: number;
}

/**
 * The first element of every bin and the one behind its last, i32[K,bins] each: edges are rounded, halves away from zero;
 * a box has at least one element; bins share what lies between them.
 */
export function binEdges({ low, high }: Edges, { bins, scale, extra, last }: BinRule): Edges {
  const count = low.shape[0]!;
  const start = reshape(roundAway(mul(low, scale)), [count, 1]);
  const end = reshape(roundAway(mul(high, scale)), [count, 1]);
  const length = maximum(add(sub(end, start), extra), 1);
  const bin = div(length, bins);
  const index = iota(low.graph, { dtype: low.dtype, shape: [1, bins] }, 1);
  const edge = (from: Tensor): Tensor => cast(clip(add(from, start), 0, last), 'i32');
  return {
    low: edge(floor(mul(index, bin))),
    high: edge(ceil(mul(add(index, 1), bin))),
  };
}

/** The nearest whole number, halves away from zero as C's `round`. */
const roundAway = (x: Tensor): Tensor => mul(sign(x), floor(add(abs(x), 0.5)));
