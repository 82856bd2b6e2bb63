import { conv1d, conv2d, conv3d, convTranspose1d, convTranspose2d, convTranspose3d } from 'cotangent';
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
};

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
