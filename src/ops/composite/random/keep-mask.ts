import type { FloatDType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { greaterEqual } from '../../pointwise/compare.ts';
import { type RandomOptions, random } from '../../random/random.ts';
import { broadcastTo } from '../../shape/broadcast.ts';

/** What is dropped, how often, and what the draw depends on. */
export interface DropoutOptions extends RandomOptions {
  /** The probability of being dropped: ½ unless given. */
  readonly rate?: number;
  /** Drops whole channels of x [N, C, …] instead of single elements. */
  readonly channels?: boolean;
}

/**
 * A mask of x's shape that holds with probability 1 − rate. Without a stream the id of x is taken for one, so that dropouts
 * of several tensors differ.
 *
 * @throws CotangentError `dropout/rate` for a rate outside 0 … 1, `dropout/channels` for x without channels.
 */
export function keepMask(
  x: Tensor,
  { rate = 0.5, channels = false, stream = x.id, ...options }: DropoutOptions,
): Tensor<Shape, 'bool'> {
  if (!(rate >= 0 && rate <= 1)) fail('dropout/rate', `a rate of ${rate}`, 'give a probability from 0 to 1.');
  if (channels && x.shape.length < 2)
    fail('dropout/channels', 'x has no channel axis', 'give x the form [N, C, …], or drop single elements.');
  const shape = channels ? x.shape.map((d, k) => (k < 2 ? d : 1)) : x.shape;
  // The draw refuses what is no float.
  const drawn = random(x.graph, { dtype: x.dtype as FloatDType, shape }, { ...options, stream });
  return broadcastTo(greaterEqual(drawn as Tensor, rate), x.shape) as Tensor<Shape, 'bool'>;
}
