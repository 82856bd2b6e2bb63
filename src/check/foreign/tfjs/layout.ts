import type { Tensor } from '../../../graph/tensor.ts';
import { transpose } from '../../../ops/index.ts';

/** Channels last → channels second, as cotangent has them. */
export const channelsSecond = (x: Tensor): Tensor => {
  const rank = x.shape.length;
  return transpose(x, [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i + 1)]);
};

export const channelsLast = (y: Tensor): Tensor =>
  transpose(y, [0, ...Array.from({ length: y.shape.length - 2 }, (_, i) => i + 2), 1]);

/** A function of channels-second tensors, for channels-last ones. */
export const lastOf = (x: Tensor, f: (x: Tensor) => Tensor): Tensor => channelsLast(f(channelsSecond(x)));
