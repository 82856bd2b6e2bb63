import { CotangentError } from '../graph/error.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Fits } from '../ops/types/fits.ts';
import type { ShowShape } from '../ops/types/show-shape.ts';
import { onesLike } from '../ops/vector-space.ts';
import type { Like, Tensors } from './tensors.ts';
import { vjp } from './vjp.ts';

/** What is wrong with a loss that cannot be differentiated, where its type tells. */
type Loss<L extends Tensor> = number extends L['shape']['length']
  ? L['shape']
  : L['shape'] extends readonly []
    ? L['shape']
    : `grad needs a scalar, the loss is ${ShowShape<L['shape']>}`;

/**
 * The gradient of a scalar with respect to one tensor, a list or a record of them, in the same form and types.
 *
 * @throws CotangentError `grad/scalar` when the loss has more than one element; see also {@link vjp}.
 */
export function grad<L extends Tensor, const W extends Tensors>(loss: L & Fits<Loss<L>>, wrt: W): Like<W> {
  if (loss.shape.length > 0)
    throw new CotangentError({
      code: 'grad/scalar',
      summary: `grad needs a scalar, the loss is [${loss.shape}]`,
      fix: 'reduce it with sum or mean, or use vjp with a cotangent of your own.',
    });
  return vjp(loss, wrt, onesLike(loss));
}

/** The scalar itself beside its gradient: what a training step needs. */
export function valueAndGrad<L extends Tensor, const W extends Tensors>(
  loss: L & Fits<Loss<L>>,
  wrt: W,
): { readonly value: L; readonly gradients: Like<W> } {
  return { value: loss, gradients: grad<Tensor, W>(loss, wrt) };
}
