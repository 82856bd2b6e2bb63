import {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  cast,
  fold,
  globalPool,
  lpPool1d,
  lpPool2d,
  lpPool3d,
  maxPoolWithIndices,
  maxUnpool1d,
  maxUnpool2d,
  maxUnpool3d,
  pad,
  planeIndices,
  type Tensor,
  wholeIndices,
} from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import type { OnnxAdapters } from './adapter.ts';
import type { OnnxNode } from './onnx-node.ts';
import { pairs, windowAttributes } from './window-attributes.ts';

type Indices = Tensor<readonly number[], 'i32'>;

/** Pooling, its inverses, and what columns become. ONNX's stride is 1 unless given, not the kernel's size. */
export const pooling: OnnxAdapters = {
  AveragePool: (node) =>
    ofRank(node, [avgPool1d, avgPool2d, avgPool3d])(node.x(0), {
      ...windows(node),
      countIncludePad: node.flag('count_include_pad'),
    }),
  Col2Im: (node) => {
    const size = node.numbers(1);
    const ones = size.map(() => 1);
    return fold(node.x(0), {
      size,
      kernel: node.numbers(2),
      stride: node.ints('strides', ones),
      dilation: node.ints('dilations', ones),
      padding: pairs(
        node.ints(
          'pads',
          size.flatMap(() => [0, 0]),
        ),
      ),
    });
  },
  GlobalAveragePool: (node) => globalPool(node.x(0), { kind: 'avg' }),
  GlobalLpPool: (node) => globalPool(node.x(0), { kind: 'lp', p: node.float('p', 2) }),
  GlobalMaxPool: (node) => globalPool(node.x(0), { kind: 'max' }),
  LpPool: (node) =>
    ofRank(node, [lpPool1d, lpPool2d, lpPool3d])(node.x(0), { ...windows(node), p: node.float('p', 2) }),
  MaxPool: (node) => {
    const x = node.x(0);
    const { values, indices } = maxPoolWithIndices(x, windows(node));
    const order = node.int('storage_order', 0) === 1 ? 'column' : 'row';
    return node.outputs === 1 ? values : [values, wholeIndices(indices, { plane: x.shape.slice(2), order })];
  },
  MaxUnpool: (node) => {
    const y = node.x(0);
    const { kernel, stride, padding } = windows(node);
    if (typeof padding === 'string') return unsupported('MaxUnpool with auto_pad');
    // The indices speak of the plane that the attributes imply; a larger output shape surrounds it.
    const plane = kernel.map((k, i) => (y.shape[i + 2]! - 1) * stride[i]! - padding[i]![0] - padding[i]![1] + k);
    const indices = planeIndices(cast(node.x(1), 'i32') as Indices, { plane });
    const z: Tensor = ofRank(node, [maxUnpool1d, maxUnpool2d, maxUnpool3d])(y, indices, {
      kernel,
      stride,
      padding,
      outputSize: plane,
    });
    const shape = node.optionalNumbers(2);
    return shape === undefined
      ? z
      : pad(
          z,
          shape.map((size, i): [number, number] => [0, size - z.shape[i]!]),
        );
  },
};

const windows = (node: OnnxNode) => ({
  ...windowAttributes(node, node.ints('kernel_shape')),
  ceil: node.flag('ceil_mode'),
});

/** The function for as many spatial axes as the kernel has. */
function ofRank<F>(node: OnnxNode, functions: readonly F[]): F {
  const rank = node.ints('kernel_shape').length;
  return functions[rank - 1] ?? unsupported(`${node.op} of ${rank} axes`);
}
