import { bytesPerElement } from '../../../graph/dtype.ts';
import { type Graph, type Node, nodesById } from '../../../graph/graph.ts';
import { sizeOf, stridesOf } from '../../../graph/shape.ts';
import { broadcastOp } from '../../../ops/shape/broadcast.ts';
import type { Choosing } from '../kernels/conv/choosing.ts';
import { isDense, rearrangementOf } from '../kernels/movement/paths.ts';
import { Readers } from './readers.ts';
import { type Stores, storesOf } from './stores.ts';

/** A value that lies in another's memory. */
export interface View {
  /** The node whose memory it is; no view itself. */
  readonly root: string;
  /** Bytes from where that begins. */
  readonly offset: number;
  /** Elements from one index of each axis to the next; undefined: row-major. */
  readonly strides?: readonly number[] | undefined;
}

/** Which values need neither a step nor memory of their own. */
export interface Views {
  readonly views: ReadonlyMap<string, View>;
  /** Of nodes that copy their inputs together: those already there. */
  readonly there: Stores['there'];
  /** The nodes that have to be computed before a value is in memory. */
  makersOf(id: string): readonly string[];
  /** Whether a node that moves elements about is spared. */
  isUnmoved(node: Node): boolean;
}

/**
 * The views among nodes: they take no time and no memory. What only moves elements about is one where all who read it
 * can read the elements where they are; or what is moved, where it can be written to where it goes.
 */
export function viewsOf(graph: Graph, nodes: readonly Node[], choosing: Choosing): Views {
  const readers = new Readers(graph, nodes, choosing);
  const read = rearranged(graph, nodes, readers, { views: new Map(), filled: new Set() });
  const stores = storesOf(graph, nodes, readers, read, choosing);
  const views = rearranged(graph, nodes, readers, stores);
  const makers = new Map<string, readonly string[]>();
  const makersOf = (id: string): readonly string[] => makers.get(id) ?? [];
  for (const node of nodes) {
    const { id, inputs } = node;
    const rearrangement = views.has(id) && !stores.views.has(id) ? rearrangementOf(node) : undefined;
    if (rearrangement !== undefined) makers.set(id, makersOf(inputs[rearrangement.input]!));
    else if (stores.filled.has(id)) makers.set(id, [...new Set(Object.values(inputs).flatMap(makersOf))]);
    else makers.set(id, [id]);
  }
  const isUnmoved = (node: Node): boolean =>
    stores.filled.has(node.id) ||
    (views.get(node.id)?.strides !== undefined && rearrangementOf(node)?.renames === false);
  return { views, there: stores.there, makersOf, isUnmoved };
}

/** Views of what is read where it lies, beside those that are given. */
function rearranged(
  graph: Graph,
  nodes: readonly Node[],
  readers: Readers,
  given: Pick<Stores, 'views' | 'filled'>,
): Map<string, View> {
  const byId = nodesById(graph);
  const views = new Map<string, View>(given.views);
  for (const node of nodes) {
    const rearrangement = rearrangementOf(node);
    if (rearrangement === undefined || given.views.has(node.id) || given.filled.has(node.id)) continue;
    const from = node.inputs[rearrangement.input]!;
    const { dtype, shape } = byId.get(from)!.type;
    const { root, offset, strides = stridesOf(shape) } = views.get(from) ?? { root: from, offset: 0 };
    const path = rearrangement.path(node, shape, { offset: 0, strides });
    if (path === undefined) continue;
    const begin = offset + path.offset * bytesPerElement[dtype];
    if (isDense(node.type.shape, path.strides)) {
      if (sizeOf(node.type.shape) > 0 || rearrangement.renames) views.set(node.id, { root, offset: begin });
    } else if (rearrangement.renames || (node.op !== broadcastOp && readers.fit(node.id, path.strides)))
      views.set(node.id, { root, offset: begin, strides: path.strides });
  }
  return views;
}
