import { sizeOf, stridesOf } from '../../../../graph/shape.ts';
import type { PadAttributes } from '../../../../ops/shape/pad-op.ts';
import type { Kernel, KernelFor } from '../kernel.ts';
import { fill } from './fill.ts';
import { elementBytes, move } from './move.ts';

/** The padding's value everywhere, then x over it; a crop alone only copies. */
export const padKernel: KernelFor = ({ attributes, type }, { x }, _, { inputs }): Kernel => {
  const { lo, interior, value } = attributes as PadAttributes;
  const [from, to] = [inputs.x ?? stridesOf(x!.shape), stridesOf(type.shape)];
  // Per axis the run of x's elements that land inside the result.
  const first = lo.map((low, k) => Math.max(0, Math.ceil(-low / (interior[k]! + 1))));
  const end = lo.map((low, k) => Math.min(x!.shape[k]!, Math.ceil((type.shape[k]! - low) / (interior[k]! + 1))));
  const shape = end.map((e, k) => Math.max(0, e - first[k]!));
  const dot = (strides: readonly number[], index: readonly number[]): number =>
    strides.reduce((sum, stride, k) => sum + stride * index[k]!, 0);
  const copy = move(
    'pad',
    type,
    shape,
    { offset: dot(from, first), strides: from },
    {
      offset: dot(
        to,
        lo.map((low, k) => low + first[k]! * (interior[k]! + 1)),
      ),
      strides: to.map((stride, k) => stride * (interior[k]! + 1)),
    },
  );
  if (sizeOf(shape) === sizeOf(type.shape)) return { ...copy, name: 'crop' };
  const around: Kernel['phases'][number] = (code, { output }) =>
    fill(code, type.dtype, value, output.address, sizeOf(type.shape) * elementBytes(type));
  return { name: 'pad', phases: [around, ...copy.phases] };
};
