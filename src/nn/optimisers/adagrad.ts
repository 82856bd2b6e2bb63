import { add, div, mul, sqrt, square, sub } from '../../ops/index.ts';
import { checkRange } from './check-range.ts';
import { elementwise } from './elementwise.ts';
import type { Optimizer } from './optimizer.ts';
import { decayInto, type WeightDecay, weightDecays } from './weight-decay.ts';

export interface AdagradOptions {
  /** The learning rate is divided by 1 + this · the number of steps before. */
  readonly learningRateDecay?: number;
  /** Adds this multiple of a parameter to its gradient. */
  readonly weightDecay?: WeightDecay;
  /** What the sum of squared gradients starts from; default 0. */
  readonly initialSum?: number;
  /** Added to the root of that sum; default 1e-10. */
  readonly epsilon?: number;
}

/** Gradients divided by the root of the sum of their squares so far, step for step as PyTorch's `Adagrad`. @throws CotangentError `optimizer/options` for options out of range. */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  const { learningRateDecay = 0, initialSum = 0, epsilon = 1e-10 } = options;
  const decayOf = weightDecays('adagrad', options.weightDecay ?? 0);
  checkRange('adagrad', { learningRateDecay, initialSum, epsilon }, 0);
  return elementwise<'sum'>({
    name: 'adagrad',
    slots: { sum: initialSum },
    update: ({ name, parameter, gradient, slots, step, learningRate }) => {
      const decayed = decayInto(gradient, parameter, decayOf(name, parameter));
      const sum = add(slots.sum, square(decayed));
      const rate =
        learningRateDecay === 0 ? learningRate : div(learningRate, add(mul(sub(step, 1), learningRateDecay), 1));
      return { parameter: sub(parameter, mul(rate, div(decayed, add(sqrt(sum), epsilon)))), slots: { sum } };
    },
  });
}
