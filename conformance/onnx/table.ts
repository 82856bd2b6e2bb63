import { activation } from './activation.ts';
import type { OnnxAdapters } from './adapter.ts';
import { convolution } from './convolution.ts';
import { indexing } from './indexing.ts';
import { linear } from './linear.ts';
import { loss } from './loss.ts';
import { movement } from './movement.ts';
import { normalisation } from './normalisation.ts';
import { pointwise } from './pointwise.ts';
import { pooling } from './pooling.ts';
import { reduction } from './reduction.ts';
import { resampling } from './resampling.ts';
import { spectral } from './spectral.ts';
import { training } from './training.ts';
import { warp } from './warp.ts';

/**
 * ONNX's operators in terms of ours: what `npm run conformance` and test/conformance/onnx.test.ts run. To add one: a line
 * in the file of its family,
 *
 *     Sinh: unary(sinh),                                                        // names agree, one tensor
 *     LpPool: (node) => lpPool(node.x(0), { kernel: node.ints('kernel_shape'), p: node.int('p', 2) }),
 *
 * where `node.x(i)` is input i as a tensor of the graph, `node.optional(i)` one that may be omitted, `node.numbers(i)` the
 * numbers of an input that is an attribute for us (shapes, axes, scales), and `node.int`, `ints`, `float`, `flag`, `text`
 * read attributes with the defaults of the operator's version (`node.opset`; 6 for PyTorch's old tests). An operator with
 * several outputs gives a list in ONNX's order. Cover all of the operator's options: other cases than the given ones are
 * run too. Where the library lacks something call `unsupported('what')`. A new family is a file and a line here.
 */
export const onnxOperators: OnnxAdapters = {
  ...activation,
  ...convolution,
  ...indexing,
  ...linear,
  ...loss,
  ...movement,
  ...normalisation,
  ...pointwise,
  ...pooling,
  ...reduction,
  ...resampling,
  ...spectral,
  ...training,
  ...warp,
};
