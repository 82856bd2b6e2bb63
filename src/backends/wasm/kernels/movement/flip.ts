import { stridesOf } from '../../../../graph/shape.ts';
import type { FlipAttributes } from '../../../../ops/shape/flip.ts';
import type { KernelFor } from '../kernel.ts';
import { move } from './move.ts';

/** A copy that runs backwards along the flipped axes. */
export const flipKernel: KernelFor = ({ attributes, type }) => {
  const { axes } = attributes as FlipAttributes;
  const { shape } = type;
  const strides = stridesOf(shape);
  const from = {
    offset: axes.reduce((sum, axis) => sum + strides[axis]! * (shape[axis]! - 1), 0),
    strides: strides.map((stride, k) => (axes.includes(k) ? -stride : stride)),
  };
  return move('flip', type, shape, from, { offset: 0, strides });
};
