import { barrier } from '../ops/control/barrier.ts';
import { zerosLike } from '../ops/vector-space.ts';
import { inFormOf, type Like, listOf, type Tensors } from './tensors.ts';
import { vjp } from './vjp.ts';

/**
 * Forward mode: J · tangent, in the form of `outputs`. Since u ↦ Jᵀu is linear, its own transpose at any u is J:
 * two reverse passes give forward mode for every operator without a second set of rules.
 */
export function jvp<Y extends Tensors>(outputs: Y, wrt: Tensors, tangents: Tensors): Like<Y> {
  // Placeholders, one per output, that no other node can be merged with; their values are never read.
  const u = listOf(outputs).map((y) => barrier(zerosLike(y), `u:${y.id}`));
  const pulled = vjp(listOf(outputs), listOf(wrt), u);
  return inFormOf(outputs, vjp(pulled, u, listOf(tangents)));
}
