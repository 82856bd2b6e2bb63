import { add, div, mul, sqrt, square, sub } from '../../ops/index.ts';
import { checkRange } from './check-range.ts';
import { elementwise } from './elementwise.ts';
import type { Optimizer } from './optimizer.ts';
import { decayInto, type WeightDecay, weightDecays } from './weight-decay.ts';

export interface RmspropOptions {
  /** How slowly the mean of the squared gradient forgets; default 0.99. */
  readonly alpha?: number;
  /** Added to the root of that mean; default 1e-8. */
  readonly epsilon?: number;
  /** Adds this multiple of a parameter to its gradient. */
  readonly weightDecay?: WeightDecay;
  readonly momentum?: number;
  /** Divide by the deviation of the gradient from its mean, in place of its size. */
  readonly centered?: boolean;
}

/** Gradients divided by their recent size, step for step as PyTorch's `RMSprop`. @throws CotangentError `optimizer/options` for options out of range. */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  const { alpha = 0.99, epsilon = 1e-8, momentum = 0, centered = false } = options;
  const decayOf = weightDecays('rmsprop', options.weightDecay ?? 0);
  checkRange('rmsprop', { epsilon, momentum }, 0);
  checkRange('rmsprop', { alpha }, 0, 1);
  const slots: { readonly [k in Slot]?: number } = {
    square: 0,
    ...(centered ? { mean: 0 } : {}),
    ...(momentum > 0 ? { momentum: 0 } : {}),
  };
  return elementwise<Slot>({
    name: 'rmsprop',
    // Without an option there is no slot for it, and the rule below does not ask for it.
    slots: slots as { readonly [k in Slot]: number },
    update: ({ name, parameter, gradient, slots, learningRate }) => {
      const decayed = decayInto(gradient, parameter, decayOf(name, parameter));
      const squares = add(mul(slots.square, alpha), mul(square(decayed), 1 - alpha));
      const mean = centered ? add(mul(slots.mean, alpha), mul(decayed, 1 - alpha)) : slots.mean;
      const size = add(sqrt(centered ? sub(squares, square(mean)) : squares), epsilon);
      const direction = div(decayed, size);
      const velocity = momentum > 0 ? add(mul(slots.momentum, momentum), direction) : direction;
      return {
        parameter: sub(parameter, mul(velocity, learningRate)),
        slots: { square: squares, mean, momentum: velocity },
      };
    },
  });
}

type Slot = 'square' | 'mean' | 'momentum';
