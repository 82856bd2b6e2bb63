import {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveAvgPool3d,
  avgPool1d,
  avgPool2d,
  avgPool3d,
  maxPoolWithIndices,
} from 'cotangent';
import { type Adapter, type Adapters, given } from './adapter.ts';
import { batched } from './batched.ts';

/** Pooling and its inverses. An input without a batch axis is a batch of one. */
export const pooling: Adapters = {
  adaptive_avg_pool1d: adaptive(1, adaptiveAvgPool1d),
  adaptive_avg_pool2d: adaptive(2, adaptiveAvgPool2d),
  adaptive_avg_pool3d: adaptive(3, adaptiveAvgPool3d),
  avg_pool1d: average(1, avgPool1d),
  avg_pool2d: average(2, avgPool2d),
  avg_pool3d: average(3, avgPool3d),
  max_pool1d: maximum(1),
  max_pool2d: maximum(2),
  max_pool3d: maximum(3),
};

function adaptive(
  rank: number,
  pool: typeof adaptiveAvgPool1d | typeof adaptiveAvgPool2d | typeof adaptiveAvgPool3d,
): Adapter {
  return ({ input }, { output_size }) => ({
    output: batched(input, rank, (x) => pool(x, sizes(output_size, x.shape.slice(2)))),
  });
}

/** None keeps an axis as long as it is. */
const sizes = (size: number | readonly (number | null)[], lengths: readonly number[]): number[] =>
  lengths.map((length, i) => (typeof size === 'number' ? size : (size[size.length === 1 ? 0 : i] ?? length)));

function average(rank: number, pool: typeof avgPool1d | typeof avgPool2d | typeof avgPool3d): Adapter {
  return (
    { input },
    { kernel_size, stride, padding = 0, ceil_mode = false, count_include_pad = true, divisor_override },
  ) => ({
    output: batched(input, rank, (x) =>
      pool(x, {
        kernel: kernel_size,
        padding,
        ceil: ceil_mode,
        countIncludePad: count_include_pad,
        ...given({ stride, divisorOverride: divisor_override }),
      }),
    ),
  });
}

function maximum(rank: number): Adapter {
  return ({ input }, { kernel_size, stride, padding = 0, dilation = 1, ceil_mode = false, return_indices = false }) => {
    const pooled = (which: 'values' | 'indices') =>
      batched(
        input,
        rank,
        (x) =>
          maxPoolWithIndices(x, { kernel: kernel_size, padding, dilation, ceil: ceil_mode, ...given({ stride }) })[
            which
          ],
      );
    return return_indices ? { output: pooled('values'), indices: pooled('indices') } : { output: pooled('values') };
  };
}
