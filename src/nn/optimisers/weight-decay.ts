import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { add, mul } from '../../ops/index.ts';
import { checkRange } from './check-range.ts';

/** How strongly parameters decay: all alike, or each by its name and type (0: not at all), which makes groups. */
export type WeightDecay = number | ((name: string, type: Type) => number);

/**
 * This decay for weights (rank 2 and more: matrices, kernels of convolutions), none for biases and the scales and offsets of
 * normalisations (rank 0 and 1), which have no size to keep small.
 */
export const decayWeights =
  (decay: number): WeightDecay =>
  (_, { shape }) =>
    shape.length >= 2 ? decay : 0;

/**
 * The decay of each parameter.
 *
 * @throws CotangentError `optimizer/options` for one that is no finite number of at least 0.
 */
export function weightDecays(optimizer: string, decay: WeightDecay): (name: string, type: Type) => number {
  if (typeof decay === 'number') {
    checkRange(optimizer, { weightDecay: decay }, 0);
    return () => decay;
  }
  return (name, type) => {
    const own = decay(name, type);
    checkRange(optimizer, { [`weightDecay of ${name}`]: own }, 0);
    return own;
  };
}

/** The gradient with the parameter's decay added. */
export const decayInto = (gradient: Tensor, parameter: Tensor, decay: number): Tensor =>
  decay === 0 ? gradient : add(gradient, mul(parameter, decay));
