import { type Graph, nodesById } from '../../../graph/graph.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Plan } from '../plan/plan.ts';

/** Floating-point operations and elements written that one thread does in the time that waking another takes, 50 µs. */
const leastWork = 500_000;

/** Whether a program has enough to do for several threads. */
export function isWorthwhile(graph: Graph, { steps }: Plan): boolean {
  let work = 0;
  for (const { nodes } of steps) for (const node of nodes) work += flopsOf(graph, node.id) + sizeOf(node.type.shape);
  return work >= leastWork;
}

/** Floating-point operations of one node, a multiply-add counted as two. */
export function flopsOf(graph: Graph, id: string): number {
  const byId = nodesById(graph);
  const { op, inputs, attributes, type } = byId.get(id)!;
  const types = Object.fromEntries(Object.entries(inputs).map(([name, from]) => [name, byId.get(from)!.type]));
  return op.flops({ ...types, y: type }, attributes);
}
