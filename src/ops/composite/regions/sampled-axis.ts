import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { iota } from '../../constant/iota.ts';
import { within } from '../../control/within.ts';
import { add } from '../../pointwise/add.ts';
import { and } from '../../pointwise/and.ts';
import { ceil } from '../../pointwise/ceil.ts';
import { greater, greaterEqual, less, lessEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { floor } from '../../pointwise/floor.ts';
import { maximum } from '../../pointwise/maximum.ts';
import { minimum } from '../../pointwise/minimum.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { reshape } from '../../shape/reshape.ts';
import { onesLike } from '../../vector-space.ts';
import { clip } from '../clip.ts';
import { stack } from '../stack.ts';
import type { Edges } from './boxes.ts';

/** How the samples of a bin become one number. */
export type Pooling = 'avg' | 'max' | 'max-tap';

/** Where and how boxes are sampled along one axis of x. */
export interface SamplingRule {
  readonly bins: number;
  readonly scale: number;
  /** Whether coordinates name the centres of elements, so that half an element is taken off. */
  readonly aligned: boolean;
  /** Whether boxes shorter than one element are made that long. */
  readonly atLeastOne: boolean;
  /** How many samples a bin has; 0 for as many as it has elements, rounded up. */
  readonly samples: number;
  /** The most samples that a bin may then come to have. */
  readonly most: number;
  /** Elements of x along the axis. */
  readonly size: number;
  readonly pooling: Pooling;
}

/** Positions [K,bins,n] along one axis of x, and what the elements there are multiplied with; products over axes count. */
export interface SampledAxis {
  readonly positions: Tensor;
  readonly factors: Tensor;
}

/**
 * The samples of all bins along one axis: in the middle of equal parts. Samples below −1 or above the size count as
 * zeros. Shapes being static, bins of few samples have as many as any, the rest with factor 0 ('avg') or repeating the
 * last one ('max').
 */
export function sampledAxis({ low, high }: Edges, rule: SamplingRule): SampledAxis {
  const { bins, scale, aligned, atLeastOne, samples, size, pooling } = rule;
  const { dtype } = low;
  const edge = (t: Tensor): Tensor => reshape(sub(mul(t, scale), aligned ? 0.5 : 0), [low.shape[0]!, 1, 1]);
  const start = edge(low);
  const span = sub(edge(high), start);
  const bin = div(atLeastOne ? maximum(span, 1) : span, bins);
  const first = add(start, mul(iota(low.graph, { dtype, shape: [1, bins, 1] }, 1), bin));
  const wanted = samples > 0 ? undefined : samplesWanted(bin, rule.most);
  const taken = wanted === undefined ? samples : maximum(wanted, 1);
  const index = iota(low.graph, { dtype, shape: [1, 1, wanted === undefined ? samples : rule.most] }, 2);
  const part = wanted === undefined ? index : minimum(index, sub(taken, 1));
  const positions = add(first, div(mul(add(part, 0.5), bin), taken));
  const inside = and(greaterEqual(positions, -1), lessEqual(positions, size));
  const counted =
    wanted === undefined ? inside : and(inside, pooling === 'avg' ? less(index, wanted) : greater(wanted, 0));
  // Chosen, not cast: that a mask has no derivative is no news, but zero.
  const factors = select(counted, onesLike(positions), 0);
  switch (pooling) {
    case 'avg':
      return { positions, factors: div(factors, taken) };
    case 'max':
      return { positions, factors };
    case 'max-tap':
      return neighbours(positions, factors, size);
    default:
      return fail('region/options', `unknown mode '${String(pooling)}'`, "use 'avg', 'max' or 'max-tap'.");
  }
}

/** How many samples each box wants in a bin: one for every element that the bin has begun. */
const samplesWanted = (bin: Tensor, most: number): Tensor =>
  within(maximum(ceil(bin), 0), {
    low: 0,
    high: most,
    what: 'the number of samples per bin and axis',
    fix: 'raise maxSamples, cut the boxes at the image, or fix a samplingRatio.',
  });

/** The two elements around every position in its place, weighed by nearness. */
function neighbours(positions: Tensor, factors: Tensor, size: number): SampledAxis {
  const held = clip(positions, 0, size - 1);
  const below = floor(held);
  const nearness = sub(held, below);
  const [count, bins, samples] = positions.shape as readonly [number, number, number];
  const both = (a: Tensor, b: Tensor): Tensor => reshape(stack([a, b], 3), [count, bins, 2 * samples]);
  return {
    positions: both(below, minimum(add(below, 1), size - 1)),
    factors: both(mul(factors, sub(1, nearness)), mul(factors, nearness)),
  };
}
