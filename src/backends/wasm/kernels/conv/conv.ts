import { isFloat } from '../../../../graph/dtype.ts';
import type { ConvAttributes } from '../../../../ops/window/conv.ts';
import type { KernelFor } from '../kernel.ts';
import { choose } from './choose.ts';
import { correlationOf } from './correlation.ts';

/** The kernel of a `conv` node. */
export const convKernel: KernelFor = ({ type, attributes }, types) => {
  const { axes, groups } = attributes as ConvAttributes;
  if (!isFloat(type.dtype)) return undefined;
  const shapes = { x: types.x!.shape, w: types.w!.shape, y: type.shape };
  return choose(correlationOf(type.dtype, shapes, axes, groups), ({ inputs }) => ({ x: inputs.x!, w: inputs.w! }));
};
