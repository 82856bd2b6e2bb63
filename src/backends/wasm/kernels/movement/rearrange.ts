import { stridesOf } from '../../../../graph/shape.ts';
import type { KernelFor } from '../kernel.ts';
import { move } from './move.ts';
import { rearrangementOf } from './paths.ts';

/** A copy of elements of one input in the result's order, wherever they lie. */
export const rearrangeKernel: KernelFor = (node, { x }, _, { inputs }) => {
  const { shape } = node.type;
  const from = { offset: 0, strides: inputs.x ?? stridesOf(x!.shape) };
  const path = rearrangementOf(node)!.path(node, x!.shape, from)!;
  return move(node.op.name, node.type, shape, path, { offset: 0, strides: stridesOf(shape) });
};
