import type { Tensor } from '../graph/tensor.ts';
import type { Optimizer } from '../nn/index.ts';
import { add, cast, lessEqual, select, square, sum } from '../ops/index.ts';
import { mapValues } from './map-values.ts';

/** Tensors by name. */
type Named = { readonly [name: string]: Tensor };

/** The squared length of all gradients together, a scalar. */
export function squaredNorm(gradients: Named): Tensor {
  return Object.values(gradients)
    .map((gradient) => sum(square(gradient)))
    .reduce((a, b) => add(a, b));
}

/**
 * The same optimiser, which leaves parameters and state as they are when a gradient is NaN or infinite: so that what training has
 * reached survives the step that breaks it, and can be saved and examined.
 */
export function guarded(optimizer: Optimizer): Optimizer {
  return {
    ...optimizer,
    step: (values) => {
      const next = optimizer.step(values);
      // NaN compares false; larger squares overflow float32 anyway.
      const sound = lessEqual(squaredNorm(values.gradients), 3e38);
      const keep = (old: Named) => (value: Tensor, name: string) => cast(select(sound, value, old[name]!), value.dtype);
      return {
        parameters: mapValues(next.parameters, keep(values.parameters)),
        state: mapValues(next.state, keep(values.state)),
      };
    },
  };
}
