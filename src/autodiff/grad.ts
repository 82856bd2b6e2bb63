import type { FloatDType } from '../graph/dtype.ts';
import { CotangentError } from '../graph/error.ts';
import type { Tensor } from '../graph/tensor.ts';
import { showType } from '../graph/type.ts';
import { onesLike } from '../ops/vector-space.ts';
import type { Like, Tensors } from './tensors.ts';
import { vjp } from './vjp.ts';

/**
 * The gradient of a scalar with respect to one tensor, a list or a record of them, in the same form and types.
 *
 * @throws CotangentError `grad/scalar` when the loss has more than one element; see also {@link vjp}.
 */
export function grad<const W extends Tensors>(loss: Tensor<readonly number[], FloatDType>, wrt: W): Like<W> {
  if (loss.shape.length > 0)
    throw new CotangentError({
      code: 'grad/scalar',
      summary: `grad needs a scalar, the loss is ${showType(loss)}`,
      fix: 'reduce it with sum or mean, or use vjp with a cotangent of your own.',
    });
  return vjp(loss, wrt, onesLike(loss));
}

/** The scalar itself beside its gradient: what a training step needs. */
export function valueAndGrad<const W extends Tensors, L extends Tensor<readonly number[], FloatDType>>(
  loss: L,
  wrt: W,
): { readonly value: L; readonly gradients: Like<W> } {
  return { value: loss, gradients: grad(loss, wrt) };
}
