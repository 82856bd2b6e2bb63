import type { Tensor } from '../graph/tensor.ts';
import { type Optimizer, tensorNorm } from '../nn/index.ts';
import { and, cast, lessEqual, select } from '../ops/index.ts';
import { mapValues } from './map-values.ts';

/** Tensors by name. */
type Named = { readonly [name: string]: Tensor };

/** NaN compares false, and lengths beyond float32's reach are infinite. */
const longest = 3e38;

/**
 * The same optimiser, which leaves parameters and state as they are when a gradient, or a parameter after the step, is NaN, infinite or
 * so large that its square is: so that what training has reached survives the step that breaks it, and can be saved and examined.
 * Puts out `parameterNorm`, the length of what the parameters would become.
 */
export function guarded(optimizer: Optimizer): Optimizer {
  return {
    ...optimizer,
    step: (values) => {
      const next = optimizer.step(values);
      const parameterNorm = tensorNorm(next.parameters);
      const sound = and(lessEqual(tensorNorm(values.gradients), longest), lessEqual(parameterNorm, longest));
      const keep = (old: Named) => (value: Tensor, name: string) => cast(select(sound, value, old[name]!), value.dtype);
      return {
        parameters: mapValues(next.parameters, keep(values.parameters)),
        state: mapValues(next.state, keep(values.state)),
        outputs: { ...next.outputs, parameterNorm },
      };
    },
  };
}
