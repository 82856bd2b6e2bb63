import {
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  type Tensor,
  transposedPadding,
} from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import type { OnnxAdapters } from './adapter.ts';
import type { OnnxNode } from './onnx-node.ts';
import { pairs, windowAttributes } from './window-attributes.ts';

/** Convolution and its transpose. */
export const convolution: OnnxAdapters = {
  Conv: (node) => {
    const [x, w] = [node.x(0), node.x(1)];
    const { kernel, ...attributes } = windowAttributes(node, w.shape.slice(2));
    const conv = [conv1d, conv2d, conv3d][kernel.length - 1] ?? unsupported(`convolution of ${kernel.length} axes`);
    return conv(x, w, { ...attributes, groups: node.int('group', 1), ...bias(node) });
  },
  ConvTranspose: (node) => {
    const [x, w] = [node.x(0), node.x(1)];
    const { kernel, stride, dilation } = windowAttributes(node, w.shape.slice(2));
    const conv =
      [convTranspose1d, convTranspose2d, convTranspose3d][kernel.length - 1] ??
      unsupported(`transposed convolution of ${kernel.length} axes`);
    const outputPadding = node.ints(
      'output_padding',
      kernel.map(() => 0),
    );
    return conv(x, w, {
      stride,
      dilation,
      outputPadding,
      padding: cutOff(node, x, kernel, stride, dilation, outputPadding),
      groups: node.int('group', 1),
      ...bias(node),
    });
  },
};

const bias = (node: OnnxNode): { readonly bias?: Tensor } => (node.has(2) ? { bias: node.x(2) } : {});

/** What is cut off the result: given, or what makes it `output_shape`, or the input's size times the stride. */
function cutOff(
  node: OnnxNode,
  x: Tensor,
  kernel: readonly number[],
  stride: readonly number[],
  dilation: readonly number[],
  outputPadding: readonly number[],
): (readonly [number, number])[] {
  const auto = node.text<string>('auto_pad', 'NOTSET');
  const same = auto === 'SAME_UPPER' || auto === 'SAME_LOWER';
  const lengths = x.shape.slice(2);
  const wanted =
    node.optionalInts('output_shape')?.slice(-kernel.length) ??
    (same ? lengths.map((n, k) => n * stride[k]!) : undefined);
  if (wanted === undefined)
    return auto === 'VALID'
      ? kernel.map(() => [0, 0])
      : pairs(
          node.ints(
            'pads',
            kernel.flatMap(() => [0, 0]),
          ),
        );
  const odd = auto === 'SAME_UPPER' ? 'upper' : 'lower';
  return wanted.map((size, k) =>
    transposedPadding({
      length: lengths[k]!,
      kernel: kernel[k]!,
      stride: stride[k]!,
      dilation: dilation[k]!,
      outputPadding: outputPadding[k]!,
      size,
      odd,
    }),
  );
}
