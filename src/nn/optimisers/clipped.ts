import { add, cast, div, minimum, mul } from '../../ops/index.ts';
import { mapTensors } from './map-tensors.ts';
import type { Optimizer } from './optimizer.ts';
import { refuseOption } from './refuse-option.ts';
import { tensorNorm } from './tensor-norm.ts';

/** Added to the length that is divided by, as PyTorch does. */
const epsilon = 1e-6;

/**
 * The same optimiser, whose gradients are shortened where all of them together are longer than `norm`: by norm / (length + 10⁻⁶),
 * as PyTorch's `clip_grad_norm_`. A further output `gradientNorm` is the length before.
 *
 * @throws CotangentError `optimizer/options` for a norm that is not a number above 0.
 */
export function clipped(optimizer: Optimizer, norm: number): Optimizer {
  if (!(norm > 0 && norm < Number.POSITIVE_INFINITY)) refuseOption('clipped', 'norm', norm, 'a number above 0');
  return {
    ...optimizer,
    step: (values) => {
      const { graph } = values.learningRate;
      const length = tensorNorm(values.gradients);
      const scale = graph.scope('clipped', () => minimum(div(norm, add(length, epsilon)), 1));
      const next = optimizer.step({
        ...values,
        gradients: mapTensors(values.gradients, (gradient) => mul(gradient, cast(scale, gradient.dtype))),
      });
      return { ...next, outputs: { ...next.outputs, gradientNorm: length } };
    },
  };
}
