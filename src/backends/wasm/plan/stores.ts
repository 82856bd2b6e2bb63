import { bytesPerElement } from '../../../graph/dtype.ts';
import { type Graph, type Node, nodesById } from '../../../graph/graph.ts';
import { type Shape, sizeOf, stridesOf } from '../../../graph/shape.ts';
import { sumOp } from '../../../ops/reduce/sum.ts';
import type { Choosing } from '../kernels/conv/choosing.ts';
import { isFused, readsRows } from '../kernels/fused/reads-rows.ts';
import { stores } from '../kernels/index.ts';
import { partsOf } from '../kernels/movement/concat.ts';
import { isDense, rearrangementOf } from '../kernels/movement/paths.ts';
import { type Path, reshaped } from '../kernels/movement/strided-axes.ts';
import { inputTypes, type Readers } from './readers.ts';
import type { View } from './views.ts';

/** Values that are written straight to where they would be copied. */
export interface Stores {
  readonly views: ReadonlyMap<string, View>;
  readonly filled: ReadonlySet<string>;
  readonly there: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Finds values that are computed only to be put in another order, or beside others, and that their kernels can write
 * there: where the other value lies, if all who read them can read them there too. Last targets first.
 */
export function storesOf(
  graph: Graph,
  nodes: readonly Node[],
  readers: Readers,
  read: ReadonlyMap<string, View>,
  choosing: Choosing,
): Stores {
  const byId = nodesById(graph);
  const computed = new Set(nodes.map(({ id }) => id));
  const ends = new Set([...Object.values(graph.outputs), ...Object.values(graph.updates)]);
  const views = new Map<string, View>();
  const filled = new Set<string>();
  const there = new Map<string, ReadonlySet<string>>();
  for (const target of [...nodes].reverse()) {
    if (read.has(target.id) || sizeOf(target.type.shape) === 0) continue;
    const own = views.get(target.id);
    const { root, offset, strides = stridesOf(target.type.shape) } = own ?? { root: target.id, offset: 0 };
    const bytes = bytesPerElement[target.type.dtype];
    const place = (id: string, path: Path | undefined): boolean => {
      const node = byId.get(id)!;
      if (path === undefined || !computed.has(id) || views.has(id) || read.has(id) || ends.has(id)) return false;
      if (!canStore(node, path.strides, byId, choosing) || !readers.fit(id, path.strides)) return false;
      const dense = isDense(node.type.shape, path.strides);
      views.set(id, { root, offset: offset + path.offset * bytes, strides: dense ? undefined : path.strides });
      return true;
    };
    const rearrangement = rearrangementOf(target);
    if (rearrangement !== undefined) {
      const from = target.inputs[rearrangement.input]!;
      const { shape } = byId.get(from)!.type;
      const source = read.get(from) ?? { root: from, offset: 0 };
      const path = rearrangement.path(target, shape, { offset: 0, strides: source.strides ?? stridesOf(shape) });
      const moved = byId.get(source.root)!.type.shape;
      if (path !== undefined && place(source.root, inverse(moved, target.type.shape, path.strides, strides)))
        filled.add(target.id);
      continue;
    }
    const parts = partsOf(target, inputTypes(target, byId), strides);
    const done = Object.entries(parts).filter(([name, path]) => place(target.inputs[name]!, path));
    there.set(target.id, new Set(done.map(([name]) => name)));
    if (done.length > 0 && done.length === Object.keys(parts).length) filled.add(target.id);
  }
  return { views, filled, there };
}

/** Whether the code that computes a node can write it so. */
function canStore(
  node: Node,
  strides: readonly number[],
  byId: ReadonlyMap<string, Node>,
  choosing: Choosing,
): boolean {
  if (rearrangementOf(node) !== undefined || node.op === sumOp) return false;
  const { shape } = node.type;
  if (isFused(node.op)) return strides.every((stride, k) => shape[k] === 1 || stride > 0) && readsRows(shape, strides);
  return stores(node, inputTypes(node, byId), strides, choosing);
}

/**
 * Where elements that lie row-major in `from` go in a result that reads them with strides `reads` and itself lies with
 * strides `strides`; undefined unless each is read once.
 */
function inverse(from: Shape, to: Shape, reads: readonly number[], strides: readonly number[]): Path | undefined {
  if (sizeOf(from) !== sizeOf(to)) return undefined;
  const axes = to
    .map((size, k) => ({ size, read: reads[k]!, step: strides[k]! }))
    .filter(({ size }) => size > 1)
    .sort((a, b) => Math.abs(b.read) - Math.abs(a.read));
  const shape = axes.map(({ size }) => size);
  const dense = stridesOf(shape);
  if (axes.some(({ read }, k) => Math.abs(read) !== dense[k])) return undefined;
  const offset = axes.reduce((sum, { size, read, step }) => sum + (read < 0 ? step * (size - 1) : 0), 0);
  const turned = axes.map(({ read, step }) => (read < 0 ? -step : step));
  const result = reshaped(shape, turned, from);
  return result && { offset, strides: result };
}
