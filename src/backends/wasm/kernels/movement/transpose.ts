import { stridesOf } from '../../../../graph/shape.ts';
import type { TransposeAttributes } from '../../../../ops/shape/transpose.ts';
import type { KernelFor } from '../kernel.ts';
import { aliasOf } from './alias.ts';
import { move } from './move.ts';
import { copyAxes } from './strided-axes.ts';

/** A copy in the other order; where only axes of size 1 change places, no copy. */
export const transposeKernel: KernelFor = (node, types, sources) => {
  const { permutation } = node.attributes as TransposeAttributes;
  const strides = stridesOf(types.x!.shape);
  const from = { offset: 0, strides: permutation.map((axis) => strides[axis]!) };
  const to = { offset: 0, strides: stridesOf(node.type.shape) };
  const axes = copyAxes(node.type.shape, from, to);
  if (axes.length === 0 || (axes.length === 1 && axes[0]!.from === 1)) return aliasOf('x')(node, types, sources);
  return move('transpose', node.type, node.type.shape, from, to);
};
