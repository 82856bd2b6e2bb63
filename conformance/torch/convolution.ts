import { conv1d, conv2d, conv3d, convTranspose1d, convTranspose2d, convTranspose3d, fold, unfold } from 'cotangent';
import { type Adapter, type Adapters, given } from './adapter.ts';
import { batched } from './batched.ts';

/** Convolution and its transpose. An input without a batch axis is a batch of one. */
export const convolution: Adapters = {
  conv1d: correlation(1, conv1d),
  conv2d: correlation(2, conv2d),
  conv3d: correlation(3, conv3d),
  conv_transpose1d: transposed(1, convTranspose1d),
  conv_transpose2d: transposed(2, convTranspose2d),
  conv_transpose3d: transposed(3, convTranspose3d),
  fold: ({ input }, { output_size, kernel_size, dilation = 1, padding = 0, stride = 1 }) => ({
    output: batched(input, 1, (x) =>
      fold(x, { size: pair(output_size), kernel: pair(kernel_size), dilation, padding, stride }),
    ),
  }),
  unfold: ({ input }, { kernel_size, dilation = 1, padding = 0, stride = 1 }) => ({
    output: batched(input, 2, (x) => unfold(x, { kernel: kernel_size, dilation, padding, stride })),
  }),
};

/** One number stands for both axes of an image. */
const pair = (size: number | readonly number[]): readonly number[] => (typeof size === 'number' ? [size, size] : size);

function correlation(rank: number, conv: typeof conv1d | typeof conv2d | typeof conv3d): Adapter {
  return ({ input, weight, bias }, { stride = 1, padding = 0, dilation = 1, groups = 1 }) => ({
    output: batched(input, rank, (x) =>
      conv(x, weight!, {
        stride,
        padding: padding === 'same' ? 'same-upper' : padding,
        dilation,
        groups,
        ...given({ bias }),
      }),
    ),
  });
}

function transposed(
  rank: number,
  conv: typeof convTranspose1d | typeof convTranspose2d | typeof convTranspose3d,
): Adapter {
  return (
    { input, weight, bias },
    { stride = 1, padding = 0, output_padding: outputPadding = 0, dilation = 1, groups = 1 },
  ) => ({
    output: batched(input, rank, (x) =>
      conv(x, weight!, { stride, padding, outputPadding, dilation, groups, ...given({ bias }) }),
    ),
  });
}
