import type { Tensor } from '../../../src/graph/tensor.ts';
import { i32 } from '../../../src/graph/type.ts';
import {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveAvgPool3d,
  add,
  avgPool1d,
  avgPool2d,
  avgPool3d,
  constant,
  conv1d,
  conv2d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  gather,
  maxPoolWithIndices,
  mul,
  pad,
  reshape,
  resize1d,
  resize2d,
  resize3d,
} from '../../../src/ops/index.ts';
import { type Adapter, type Attributes, unsupported } from './adapter.ts';

/** Convolution, pooling, resizing, padding and indexing, by the names of PyTorch's vector files. */
export const window: { readonly [file: string]: Adapter } = {
  conv1d: convolution(conv1d),
  conv2d: convolution(conv2d),
  conv_transpose1d: transposed(convTranspose1d),
  conv_transpose2d: transposed(convTranspose2d),
  conv_transpose3d: transposed(convTranspose3d),
  max_pool1d: maximum,
  max_pool2d: maximum,
  max_pool3d: maximum,
  avg_pool1d: average(avgPool1d),
  avg_pool2d: average(avgPool2d),
  avg_pool3d: average(avgPool3d),
  adaptive_avg_pool1d: ({ input }, { output_size }) => ({ output: adaptiveAvgPool1d(input!, output_size) }),
  adaptive_avg_pool2d: ({ input }, { output_size }) => ({ output: adaptiveAvgPool2d(input!, output_size) }),
  adaptive_avg_pool3d: ({ input }, { output_size }) => ({ output: adaptiveAvgPool3d(input!, output_size) }),
  interpolate_nearest: interpolate,
  interpolate_linear: interpolate,
  interpolate_bilinear: interpolate,
  pad: ({ input }, { pad: flat, mode, value }) => {
    const axes = input!.shape.map((_, axis): [number, number] => {
      const at = 2 * (input!.shape.length - 1 - axis);
      return [flat[at] ?? 0, flat[at + 1] ?? 0];
    });
    return { output: pad(input!, axes, { mode, ...(value === null ? {} : { value }) }) };
  },
  gather: ({ input, index }, { dim }) => ({ output: along(input!, dim, index!, index!.shape) }),
  index_select: ({ input, index }, { dim }) => {
    const axis = dim < 0 ? dim + input!.shape.length : dim;
    const shape = input!.shape.with(axis, index!.shape[0]!);
    const spread = reshape(
      index!,
      input!.shape.map((_, k) => (k === axis ? index!.shape[0]! : 1)),
    );
    return { output: along(input!, axis, spread, shape) };
  },
};

const bias = ({ bias }: { readonly [name: string]: Tensor }) => (bias === undefined ? {} : { bias });

function convolution(conv: typeof conv1d | typeof conv2d): Adapter {
  return ({ input, weight, ...rest }, { stride, padding, dilation, groups }) => ({
    output: conv(input!, weight!, {
      stride,
      padding: padding === 'same' ? 'same-upper' : padding,
      dilation,
      groups,
      ...bias(rest),
    }),
  });
}

function transposed(conv: typeof convTranspose1d | typeof convTranspose2d | typeof convTranspose3d): Adapter {
  return ({ input, weight, ...rest }, { stride, padding, output_padding, dilation, groups }) => ({
    output: conv(input!, weight!, {
      stride,
      padding,
      outputPadding: output_padding,
      dilation,
      groups,
      ...bias(rest),
    }),
  });
}

function maximum(inputs: { readonly [name: string]: Tensor }, attributes: Attributes) {
  const { kernel_size, stride, padding, dilation, ceil_mode, return_indices } = attributes;
  const { values, indices } = maxPoolWithIndices(inputs.input!, {
    kernel: kernel_size,
    ...(stride === null ? {} : { stride }),
    padding,
    dilation,
    ceil: ceil_mode,
  });
  return return_indices ? { output: values, indices } : { output: values };
}

function average(pool: typeof avgPool1d | typeof avgPool2d | typeof avgPool3d): Adapter {
  return ({ input }, { kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override }) => ({
    output: pool(input!, {
      kernel: kernel_size,
      ...(stride === null ? {} : { stride }),
      padding,
      ceil: ceil_mode,
      countIncludePad: count_include_pad,
      ...(divisor_override == null ? {} : { divisorOverride: divisor_override }),
    }),
  });
}

function interpolate(inputs: { readonly [name: string]: Tensor }, attributes: Attributes) {
  const x = inputs.input!;
  const { size, scale_factor, mode, align_corners, recompute_scale_factor, antialias } = attributes;
  if (antialias) unsupported('interpolate with antialias');
  const lengths = x.shape.slice(2);
  const where =
    size !== null
      ? { size }
      : recompute_scale_factor
        ? { size: lengths.map((length, i) => Math.floor(length * scale_factor[i])) }
        : { scale: scale_factor };
  const how = mode.startsWith('nearest')
    ? mode === 'nearest'
      ? ({ mode: 'nearest', coordinates: 'asymmetric', rounding: 'floor' } as const)
      : ({ mode: 'nearest', coordinates: 'half_pixel', rounding: 'round_prefer_ceil' } as const)
    : ({ mode: 'linear', coordinates: align_corners ? 'align_corners' : 'half_pixel' } as const);
  const resize = [resize1d, resize2d, resize3d][lengths.length - 1]!;
  return { output: resize(x, { ...where, ...how }) };
}

/** Elements of x at `index` along one axis and at their own place along the others. */
function along(x: Tensor, dim: number, index: Tensor, shape: readonly number[]): Tensor {
  const axis = dim < 0 ? dim + x.shape.length : dim;
  const strides = x.shape.map((_, k) => x.shape.slice(k + 1).reduce((a, b) => a * b, 1));
  const steps = shape.map((_, k) => shape.slice(k + 1).reduce((a, b) => a * b, 1));
  const size = shape.reduce((a, b) => a * b, 1);
  const others = Array.from({ length: size }, (_, i) =>
    shape.reduce((sum, d, k) => sum + (k === axis ? 0 : (Math.floor(i / steps[k]!) % d) * strides[k]!), 0),
  );
  const at = add(mul(index, strides[axis]!), constant(x.graph, i32(...shape), others));
  return gather({ x, at }, { batch: 0 });
}
