import { isFloat } from '../../../../graph/dtype.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import { choose } from '../conv/choose.ts';
import type { KernelFor } from '../kernel.ts';

const axis = { stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 };

/**
 * The kernel of a `matmul` node: a correlation with windows of one element, the columns of b as positions and the rows of
 * a as weights; one group for each matrix. Where b is a vector, its elements are the taps of one window instead.
 */
export const matmulKernel: KernelFor = ({ type }, types) => {
  if (!isFloat(type.dtype)) return undefined;
  const [m, k] = types.a!.shape.slice(-2) as [number, number];
  const n = type.shape.at(-1)!;
  const common = { dtype: type.dtype, batch: 1, groups: sizeOf(type.shape.slice(0, -2)), outputs: m };
  const rows = { outer: k, channel: 1, axes: [1] };
  const columns = { outer: 0, channel: n, axes: [1] };
  const problem =
    n === 1
      ? {
          ...{ ...common, channels: 1, axes: [{ ...axis, x: k, w: k, y: 1 }] },
          strides: { x: { outer: 0, channel: k, axes: [1] }, w: rows, y: columns },
        }
      : {
          ...{ ...common, channels: k, axes: [{ ...axis, x: n, w: 1, y: n }] },
          strides: { x: columns, w: rows, y: columns },
        };
  return choose(problem, ({ inputs }) => ({ x: inputs.b!, w: inputs.a! }));
};
