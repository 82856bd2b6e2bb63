import {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveAvgPool3d,
  adaptiveMaxPoolWithIndices,
  avgPool1d,
  avgPool2d,
  avgPool3d,
  expandDims,
  fractionalMaxPool2d,
  fractionalMaxPool3d,
  lpPool1d,
  lpPool2d,
  lpPool3d,
  maxPoolWithIndices,
  maxUnpool1d,
  maxUnpool2d,
  maxUnpool3d,
  type Pooled,
  type Tensor,
} from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import { type Adapter, type Adapters, given, type Outputs } from './adapter.ts';
import { batched } from './batched.ts';

/** Pooling and its inverses. An input without a batch axis is a batch of one. */
export const pooling: Adapters = {
  adaptive_avg_pool1d: adaptive(1, adaptiveAvgPool1d),
  adaptive_avg_pool2d: adaptive(2, adaptiveAvgPool2d),
  adaptive_avg_pool3d: adaptive(3, adaptiveAvgPool3d),
  adaptive_max_pool1d: adaptiveMaximum(1),
  adaptive_max_pool2d: adaptiveMaximum(2),
  adaptive_max_pool3d: adaptiveMaximum(3),
  avg_pool1d: average(1, avgPool1d),
  avg_pool2d: average(2, avgPool2d),
  avg_pool3d: average(3, avgPool3d),
  fractional_max_pool2d: fractional(2, fractionalMaxPool2d),
  fractional_max_pool3d: fractional(3, fractionalMaxPool3d),
  lp_pool1d: norm(1, lpPool1d),
  lp_pool2d: norm(2, lpPool2d),
  lp_pool3d: norm(3, lpPool3d),
  max_pool1d: maximum(1),
  max_pool2d: maximum(2),
  max_pool3d: maximum(3),
  max_unpool1d: unpooled(1, maxUnpool1d),
  max_unpool2d: unpooled(2, maxUnpool2d),
  max_unpool3d: unpooled(3, maxUnpool3d),
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
  return ({ input }, { kernel_size, stride, padding = 0, dilation = 1, ceil_mode = false, return_indices = false }) =>
    pooled(input, rank, return_indices, (x) =>
      maxPoolWithIndices(x, { kernel: kernel_size, padding, dilation, ceil: ceil_mode, ...given({ stride }) }),
    );
}

function adaptiveMaximum(rank: number): Adapter {
  return ({ input }, { output_size, return_indices = false }) =>
    pooled(input, rank, return_indices, (x) => adaptiveMaxPoolWithIndices(x, sizes(output_size, x.shape.slice(2))));
}

function fractional(rank: number, pool: typeof fractionalMaxPool2d | typeof fractionalMaxPool3d): Adapter {
  return ({ input, _random_samples: samples }, { kernel_size, output_size, output_ratio, return_indices = false }) =>
    pooled(input, rank, return_indices, (x) => {
      if (samples === undefined) return unsupported('fractional pooling with random numbers of its own');
      const lengths = x.shape.slice(2);
      const size = output_size ?? lengths.map((length, i) => Math.floor(length * [output_ratio].flat().at(i)));
      return pool(x, { kernel: kernel_size, size, samples });
    });
}

/** The values, and the indices where they are asked for. */
function pooled(input: Tensor, rank: number, indices: boolean, pool: (x: Tensor) => Pooled): Outputs {
  const part = (which: keyof Pooled) => batched(input, rank, (x) => pool(x)[which]);
  return { output: part('values'), ...(indices ? { indices: part('indices') } : {}) };
}

function norm(rank: number, pool: typeof lpPool1d | typeof lpPool2d | typeof lpPool3d): Adapter {
  return ({ input }, { norm_type, kernel_size, stride, ceil_mode = false }) => ({
    output: batched(input, rank, (x) =>
      pool(x, { p: norm_type, kernel: kernel_size, ceil: ceil_mode, convention: 'torch', ...given({ stride }) }),
    ),
  });
}

function unpooled(rank: number, unpool: typeof maxUnpool1d | typeof maxUnpool2d | typeof maxUnpool3d): Adapter {
  return ({ input, indices }, { kernel_size, stride, padding = 0, output_size }) => ({
    output: batched(input, rank, (y) => {
      const at = (y === input ? indices! : expandDims(indices!, 0)) as Tensor<readonly number[], 'i32'>;
      // PyTorch also takes the size with batch and channels before it.
      const outputSize = output_size?.slice(-rank);
      return unpool(y, at, { kernel: kernel_size, padding, ...given({ stride, outputSize }) });
    }),
  });
}
