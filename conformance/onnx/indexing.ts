import {
  add,
  cast,
  equal,
  expandDims,
  full,
  gatherElements,
  gatherNd,
  i32,
  iota,
  less,
  scatterElements,
  scatterNd,
  select,
  type Tensor,
  take,
  topK,
} from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import type { OnnxAdapter, OnnxAdapters } from './adapter.ts';
import type { OnnxNode } from './onnx-node.ts';

/** Elements chosen and placed by index tensors. */
export const indexing: OnnxAdapters = {
  Gather: (node) => take(node.x(0), labels(node.x(1)), node.int('axis', 0)),
  GatherElements: (node) => gatherElements(node.x(0), labels(node.x(1)), node.int('axis', 0)),
  GatherND: (node) => gatherNd(node.x(0), labels(node.x(1)), { batch: node.int('batch_dims', 0) }),
  OneHot: (node) => {
    const depth = node.numbers(1)[0]!;
    const axis = node.int('axis', -1);
    const index = cast(node.x(0), 'i32');
    const rank = index.shape.length + 1;
    const at = axis < 0 ? axis + rank : axis;
    const [off, on] = node.numbers(2);
    const places = Array.from({ length: rank }, (_, k) => (k === at ? depth : 1));
    // Other than the library's one-hot, any two numbers, and indices may count from the end.
    const inside = select(less(index, 0), add(index, depth), index);
    const hot = equal(expandDims(inside, at), iota(node.graph, i32(...places), at));
    const number = (value: number): Tensor =>
      full(node.graph, { dtype: node.dtypeOf(node.dtype(2)), shape: hot.shape }, value);
    return select(hot, number(on!), number(off!));
  },
  Scatter: elements,
  ScatterElements: elements,
  ScatterND: (node) =>
    scatterNd(node.x(0), labels(node.x(1)), node.x(2), { reduction: node.text<Reduction>('reduction', 'none') }),
  TopK: (node) => {
    const k = node.opset < 10 ? node.int('k') : node.numbers(1)[0]!;
    if (!node.flag('sorted', 1)) return unsupported('TopK in no order that could be compared');
    const { values, indices } = topK(node.x(0), k, {
      axis: node.int('axis', -1),
      least: node.opset >= 11 && !node.flag('largest', 1),
    });
    return [values, indices];
  },
};

type Reduction = 'none' | 'add' | 'mul' | 'max' | 'min';

function elements(node: OnnxNode): ReturnType<OnnxAdapter> {
  return scatterElements(node.x(0), labels(node.x(1)), node.x(2), {
    axis: node.int('axis', 0),
    reduction: node.text<Reduction>('reduction', 'none'),
  });
}

/** Index tensors of the cases are integers. */
const labels = (index: Tensor) => index as Tensor<readonly number[], 'i32'>;
