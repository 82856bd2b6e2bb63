import { CotangentError } from '../../graph/error.ts';
import { add, equal, full, mul, select, sub } from '../../ops/index.ts';
import { checkRange } from './check-range.ts';
import { elementwise } from './elementwise.ts';
import type { Optimizer } from './optimizer.ts';
import { decayInto, type WeightDecay, weightDecays } from './weight-decay.ts';

export interface SgdOptions {
  readonly momentum?: number;
  /** How much of a gradient is kept from the momentum; not from the first, which starts it whole. */
  readonly dampening?: number;
  /** Adds this multiple of a parameter to its gradient. */
  readonly weightDecay?: WeightDecay;
  readonly nesterov?: boolean;
}

/**
 * Gradient descent with momentum, step for step as PyTorch's `SGD`.
 *
 * @throws CotangentError `optimizer/options` for options out of range, or nesterov without momentum or with dampening.
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  const { momentum = 0, dampening = 0, nesterov = false } = options;
  const decayOf = weightDecays('sgd', options.weightDecay ?? 0);
  checkRange('sgd', { momentum }, 0);
  checkRange('sgd', { dampening }, 0);
  if (nesterov && (momentum === 0 || dampening !== 0))
    throw new CotangentError({
      code: 'optimizer/options',
      summary: `sgd with nesterov: momentum is ${momentum}, dampening ${dampening}`,
      fix: 'give a momentum above 0 and no dampening, or leave nesterov out.',
    });
  const slots: { readonly momentum?: number } = momentum === 0 ? {} : { momentum: 0 };
  return elementwise<'momentum'>({
    name: 'sgd',
    // Without momentum there is nothing to keep, and the rule below asks for nothing.
    slots: slots as { readonly momentum: number },
    update: ({ name, parameter, gradient, slots, step, learningRate }) => {
      const decayed = decayInto(gradient, parameter, decayOf(name, parameter));
      if (momentum === 0) return { parameter: sub(parameter, mul(decayed, learningRate)), slots };
      const share =
        dampening === 0 ? decayed : mul(decayed, select(equal(step, 1), 1, full(step.graph, step, 1 - dampening)));
      const velocity = add(mul(slots.momentum, momentum), share);
      const direction = nesterov ? add(decayed, mul(velocity, momentum)) : velocity;
      return { parameter: sub(parameter, mul(direction, learningRate)), slots: { momentum: velocity } };
    },
  });
}
