import { stridesOf } from '../../../../graph/shape.ts';
import type { BroadcastAttributes } from '../../../../ops/shape/broadcast.ts';
import type { KernelFor } from '../kernel.ts';
import { aliasOf } from './alias.ts';
import { move } from './move.ts';

/** A copy that stands still along the new axes; where these have size 1, no copy. */
export const broadcastKernel: KernelFor = (node, types, sources) => {
  const { shape, axes } = node.attributes as BroadcastAttributes;
  if (shape.every((size, k) => size === 1 || axes.includes(k))) return aliasOf('x')(node, types, sources);
  const strides = shape.map(() => 0);
  stridesOf(types.x!.shape).forEach((stride, k) => {
    strides[axes[k]!] = stride;
  });
  return move('broadcast', node.type, shape, { offset: 0, strides }, { offset: 0, strides: stridesOf(shape) });
};
