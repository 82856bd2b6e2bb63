import {
  add,
  cast,
  constant,
  equal,
  expandDims,
  full,
  gather,
  i32,
  iota,
  less,
  mul,
  reshape,
  select,
  sum,
  type Tensor,
} from 'cotangent';
import { fromEnd, gatherAlong, positionsAlong, take } from '../compose/along-axis.ts';
import { type Combination, scatterInto } from '../compose/scatter-into.ts';
import type { OnnxAdapter, OnnxAdapters } from './adapter.ts';
import type { OnnxNode } from './onnx-node.ts';

/** Elements chosen and placed by index tensors. */
export const indexing: OnnxAdapters = {
  Gather: (node) => take(node.x(0), node.int('axis', 0), node.x(1)),
  GatherElements: (node) => gatherAlong(node.x(0), node.int('axis', 0), node.x(1)),
  GatherND: (node) => {
    const [x, index] = [node.x(0), node.x(1)];
    const batch = node.int('batch_dims', 0);
    return gather({ x, at: blocks(x.shape, index, batch) }, { batch: 0 });
  },
  OneHot: (node) => {
    const depth = node.numbers(1)[0]!;
    const axis = node.int('axis', -1);
    const index = cast(node.x(0), 'i32');
    const rank = index.shape.length + 1;
    const at = axis < 0 ? axis + rank : axis;
    const [off, on] = node.numbers(2);
    const classes = iota(node.graph, i32(...Array.from({ length: rank }, (_, k) => (k === at ? depth : 1))), at);
    const hot = equal(expandDims(fromEnd(index, depth), at), classes);
    const number = (value: number): Tensor =>
      full(node.graph, { dtype: node.dtypeOf(node.dtype(2)), shape: hot.shape }, value);
    return select(hot, number(on!), number(off!));
  },
  Scatter: (node) => elements(node),
  ScatterElements: (node) => elements(node),
  ScatterND: (node) => {
    const [x, index, updates] = [node.x(0), node.x(1), node.x(2)];
    const at = blocks(x.shape, index, 0);
    return scatterInto(x, at, updates, node.text<Combination>('reduction', 'none'));
  },
};

const elements: OnnxAdapter = (node: OnnxNode) => {
  const [x, index, updates] = [node.x(0), node.x(1), node.x(2)];
  const at = positionsAlong(x.shape, node.int('axis', 0), index);
  return scatterInto(x, at, updates, node.text<Combination>('reduction', 'none'));
};

/** Flat positions of the blocks of `shape` that the last axis of `index` names, after `batch` axes that both share. */
function blocks(shape: readonly number[], index: Tensor, batch: number): Tensor {
  const depth = index.shape.at(-1)!;
  const lead = index.shape.slice(0, -1);
  const block = shape.slice(batch + depth);
  const size = (list: readonly number[]): number => list.reduce((a, b) => a * b, 1);
  const strides = shape.map((_, k) => size(shape.slice(k + 1)));
  const graph = index.graph;
  const named = shape.slice(batch, batch + depth);
  const lengths = constant(graph, i32(depth), named);
  const inside = select(less(index, 0), add(index, lengths), index);
  const starts = sum(mul(inside, constant(graph, i32(depth), strides.slice(batch, batch + depth))), { axes: [-1] });
  const own = Array.from({ length: size(lead) }, (_, i) => {
    const row = Math.floor(i / size(lead.slice(batch)));
    return row * size(shape.slice(batch));
  });
  const rows = add(starts, constant(graph, i32(...lead), own));
  const spread = reshape(rows, [...lead, ...block.map(() => 1)]);
  const within = constant(
    graph,
    i32(...block),
    Array.from({ length: size(block) }, (_, i) => i),
  );
  return add(spread, within);
}
