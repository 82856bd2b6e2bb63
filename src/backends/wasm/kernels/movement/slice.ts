import { bytesPerElement } from '../../../../graph/dtype.ts';
import { sizeOf, stridesOf } from '../../../../graph/shape.ts';
import type { SliceAttributes } from '../../../../ops/shape/slice.ts';
import type { KernelFor } from '../kernel.ts';
import { move } from './move.ts';
import { copyAxes } from './strided-axes.ts';

/** A copy of the range; one that is a single run of x is x's own memory. */
export const sliceKernel: KernelFor = (node, { x }) => {
  const { starts, steps } = node.attributes as SliceAttributes;
  const { shape } = node.type;
  const strides = stridesOf(x!.shape);
  const from = {
    offset: strides.reduce((sum, stride, k) => sum + stride * starts[k]!, 0),
    strides: strides.map((stride, k) => stride * steps[k]!),
  };
  const to = { offset: 0, strides: stridesOf(shape) };
  const axes = copyAxes(shape, from, to);
  const run = axes.length === 0 || (axes.length === 1 && axes[0]!.from === 1);
  if (run && sizeOf(shape) > 0)
    return { name: 'alias', alias: { input: 'x', offset: from.offset * bytesPerElement[x!.dtype] }, phases: [] };
  return move('slice', node.type, shape, from, to);
};
