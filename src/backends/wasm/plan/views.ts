import { bytesPerElement } from '../../../graph/dtype.ts';
import { type Graph, type Node, nodesById } from '../../../graph/graph.ts';
import { sizeOf, stridesOf } from '../../../graph/shape.ts';
import { broadcastOp } from '../../../ops/shape/broadcast.ts';
import { isFused, readsRows } from '../kernels/fused/reads-rows.ts';
import { takes } from '../kernels/index.ts';
import { isDense, rearrangementOf } from '../kernels/movement/paths.ts';

/** A value that lies in another's memory. */
export interface View {
  /** The node whose memory it is; no view itself. */
  readonly root: string;
  /** Bytes from where that begins. */
  readonly offset: number;
  /** Elements from one index of each axis to the next; undefined: row-major. */
  readonly strides?: readonly number[];
}

/**
 * The views among nodes: they take no time and no memory. What only moves elements about is one where all who read it
 * can read the elements where they are.
 */
export function viewsOf(graph: Graph, nodes: readonly Node[], exact: boolean): Map<string, View> {
  const byId = nodesById(graph);
  const ends = new Set([...Object.values(graph.outputs), ...Object.values(graph.updates)]);
  const readers = new Map<string, [node: Node, input: string][]>();
  for (const node of nodes)
    for (const [input, id] of Object.entries(node.inputs)) {
      const list = readers.get(id);
      if (list === undefined) readers.set(id, [[node, input]]);
      else list.push([node, input]);
    }
  const typesOf = ({ inputs }: Node) =>
    Object.fromEntries(Object.entries(inputs).map(([name, id]) => [name, byId.get(id)!.type]));

  /** Whether all who read a value can read it so. */
  const fits = (id: string, strides: readonly number[]): boolean =>
    !ends.has(id) && (readers.get(id) ?? []).every(([node, input]) => canRead(node, input, byId.get(id)!, strides));

  const canRead = (reader: Node, input: string, { type }: Node, strides: readonly number[]): boolean => {
    if (isFused(reader.op)) return readsRows(type.shape, strides);
    const rearrangement = rearrangementOf(reader);
    if (rearrangement === undefined) return takes(reader, typesOf(reader), input, strides, exact);
    if (rearrangement.input !== input) return true;
    const through = rearrangement.path(reader, type.shape, { offset: 0, strides });
    if (through === undefined) return false;
    if (rearrangement.renames) return isDense(reader.type.shape, through.strides) || fits(reader.id, through.strides);
    return reader.op !== broadcastOp || fitsLoops(reader.id, through.strides);
  };

  /** Loops read what is repeated where it lies, whether anybody else needs a copy or not. */
  const fitsLoops = (id: string, strides: readonly number[]): boolean =>
    (readers.get(id) ?? []).every(
      ([node, input]) => !(isFused(node.op) || node.op === broadcastOp) || canRead(node, input, byId.get(id)!, strides),
    );

  const views = new Map<string, View>();
  for (const node of nodes) {
    const rearrangement = rearrangementOf(node);
    if (rearrangement === undefined) continue;
    const from = node.inputs[rearrangement.input]!;
    const { type } = byId.get(from)!;
    const { root, offset, strides } = views.get(from) ?? { root: from, offset: 0 };
    const path = rearrangement.path(node, type.shape, { offset: 0, strides: strides ?? stridesOf(type.shape) });
    if (path === undefined) continue;
    const begin = offset + path.offset * bytesPerElement[type.dtype];
    if (isDense(node.type.shape, path.strides)) {
      if (sizeOf(node.type.shape) > 0 || rearrangement.renames) views.set(node.id, { root, offset: begin });
    } else if (rearrangement.renames || (node.op !== broadcastOp && fits(node.id, path.strides)))
      views.set(node.id, { root, offset: begin, strides: path.strides });
  }
  return views;
}
