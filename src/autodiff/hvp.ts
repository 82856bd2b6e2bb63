import type { Tensor } from '../graph/tensor.ts';
import { grad } from './grad.ts';
import { inFormOf, type Like, listOf, type Tensors } from './tensors.ts';
import { vjp } from './vjp.ts';

/** The Hessian of a scalar times `directions`, in the form of `wrt`: the gradient's own vjp, the Hessian being symmetric. */
export function hvp<const W extends Tensors>(loss: Tensor, wrt: W, directions: Tensors): Like<W> {
  const sources = listOf(wrt);
  return inFormOf(wrt, vjp(grad(loss, sources), sources, listOf(directions)));
}
