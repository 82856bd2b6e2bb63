import { type Graph, type Node, nodesById } from '../../../graph/graph.ts';
import { sameType } from '../../../graph/type.ts';
import { type BroadcastAttributes, broadcastOp } from '../../../ops/shape/broadcast.ts';
import type { Source } from '../kernels/fused/cluster.ts';
import type { View } from './views.ts';

/** Says where an operand really is: literals become numbers in the code, repeated values are read where they lie. */
export function sourceOf(graph: Graph, views: ReadonlyMap<string, View>): (id: string) => Source {
  const byId = nodesById(graph);
  const rootOf = (id: string): Node => byId.get(views.get(id)?.root ?? id)!;
  /** The node itself, or the one that it merely is another name of; a view with other dimensions or an order of its own stays. */
  const named = (id: string): Node =>
    views.get(id)?.strides === undefined && sameType(rootOf(id).type, byId.get(id)!.type) ? rootOf(id) : byId.get(id)!;
  return (id) => {
    let node = named(id);
    let axes = node.type.shape.map((_, k) => k);
    while (node.op === broadcastOp) {
      // Axis k of what is repeated stands where the axis that it becomes stands.
      const place = axes;
      axes = (node.attributes as BroadcastAttributes).axes.map((axis) => place[axis]!);
      node = named(node.inputs.x!);
    }
    const { op, inputs, attributes } = rootOf(node.id);
    const value = Object.keys(inputs).length === 0 ? op.uniform?.(attributes) : undefined;
    if (value !== undefined) return { kind: 'uniform', value, dtype: node.type.dtype };
    return { kind: 'memory', id: node.id, type: node.type, axes, strides: views.get(node.id)?.strides };
  };
}
