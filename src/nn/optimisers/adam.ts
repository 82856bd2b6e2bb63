import type { Tensor } from '../../graph/tensor.ts';
import { add, div, maximum, mul, sqrt, sub } from '../../ops/index.ts';
import { checkRange } from './check-range.ts';
import { elementwise, type RuleInputs } from './elementwise.ts';
import { forgotten } from './forgotten.ts';
import type { Optimizer } from './optimizer.ts';
import { decayInto, type WeightDecay, weightDecays } from './weight-decay.ts';

export interface AdamOptions {
  /** How slowly the means of the gradient and of its square forget; default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Added to the root of the mean square; default 1e-8. */
  readonly epsilon?: number;
  /** `adam` adds this multiple of a parameter to its gradient (default 0), `adamw` shrinks the parameter by it times the learning rate (default 0.01). */
  readonly weightDecay?: WeightDecay;
  /** Divide by the largest mean square so far. */
  readonly amsgrad?: boolean;
}

/** Adam, step for step as PyTorch's. @throws CotangentError `optimizer/options` for options out of range. */
export const adam = (options: AdamOptions = {}): Optimizer =>
  adamLike('adam', { weightDecay: 0, ...options }, ({ parameter, gradient }, decay) => ({
    parameter,
    gradient: decayInto(gradient, parameter, decay),
  }));

/** Adam with decoupled weight decay, step for step as PyTorch's `AdamW`. @throws CotangentError `optimizer/options` for options out of range. */
export const adamw = (options: AdamOptions = {}): Optimizer =>
  adamLike('adamw', { weightDecay: 0.01, ...options }, ({ parameter, gradient, learningRate }, decay) => ({
    parameter: decay === 0 ? parameter : mul(parameter, sub(1, mul(learningRate, decay))),
    gradient,
  }));

type Slot = 'first' | 'second' | 'largest';
type Decay = (inputs: RuleInputs<Slot>, decay: number) => { readonly parameter: Tensor; readonly gradient: Tensor };

type Options = Omit<AdamOptions, 'weightDecay'> & { readonly weightDecay: WeightDecay };

function adamLike(name: string, options: Options, decay: Decay): Optimizer {
  const { betas = [0.9, 0.999], epsilon = 1e-8, weightDecay, amsgrad = false } = options;
  const [beta1, beta2] = betas;
  const decayOf = weightDecays(name, weightDecay);
  checkRange(name, { epsilon }, 0);
  checkRange(name, { 'betas[0]': beta1, 'betas[1]': beta2 }, 0, 1);
  const slots: { readonly [k in Slot]?: number } = { first: 0, second: 0, ...(amsgrad ? { largest: 0 } : {}) };
  return elementwise<Slot>({
    name,
    // Without amsgrad there is no `largest`, and the rule below does not ask for it.
    slots: slots as { readonly [k in Slot]: number },
    update: (inputs) => {
      const { slots, step, learningRate } = inputs;
      const { parameter, gradient } = decay(inputs, decayOf(inputs.name, inputs.parameter));
      const first = add(mul(slots.first, beta1), mul(gradient, 1 - beta1));
      const second = add(mul(slots.second, beta2), mul(mul(gradient, gradient), 1 - beta2));
      const largest = amsgrad ? maximum(slots.largest, second) : second;
      const deviation = add(div(sqrt(largest), sqrt(forgotten(beta2, step))), epsilon);
      const rate = div(learningRate, forgotten(beta1, step));
      return { parameter: sub(parameter, mul(rate, div(first, deviation))), slots: { first, second, largest } };
    },
  });
}
