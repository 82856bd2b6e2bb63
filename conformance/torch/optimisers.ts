import { adagrad, adam, adamw, type Optimizer, rmsprop, sgd } from 'cotangent/nn';
import { type Attributes, given } from './adapter.ts';

/** PyTorch's optimisers in terms of ours, by PyTorch's names. The learning rate is none of their options here. */
export const optimisers: { readonly [op: string]: (attributes: Attributes) => Optimizer } = {
  Adagrad: ({ lr_decay, weight_decay, initial_accumulator_value, eps }) =>
    adagrad(
      given({
        learningRateDecay: lr_decay,
        weightDecay: weight_decay,
        initialSum: initial_accumulator_value,
        epsilon: eps,
      }),
    ),
  Adam: ({ betas, eps, weight_decay, amsgrad }) =>
    adam(given({ betas, epsilon: eps, weightDecay: weight_decay, amsgrad })),
  AdamW: ({ betas, eps, weight_decay, amsgrad }) =>
    adamw(given({ betas, epsilon: eps, weightDecay: weight_decay, amsgrad })),
  RMSprop: ({ alpha, eps, weight_decay, momentum, centered }) =>
    rmsprop(given({ alpha, epsilon: eps, weightDecay: weight_decay, momentum, centered })),
  SGD: ({ momentum, dampening, weight_decay, nesterov }) =>
    sgd(given({ momentum, dampening, weightDecay: weight_decay, nesterov })),
};
