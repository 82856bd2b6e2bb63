import { bytesPerElement } from '../../../graph/dtype.ts';
import { type Graph, nodesById } from '../../../graph/graph.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Plan } from '../plan/plan.ts';
import { meetings } from './meetings.ts';

/** What to expect of one thread: operations and bytes per second. */
const rate = { flops: 20e9, bytes: 10e9 };

/** What working together costs, in seconds: waking the others, and every meeting. */
const cost = { waking: 50e-6, meeting: 1e-6 };

/** Whether a program gains by a second thread: half of its work is more than what working together costs. */
export function isWorthwhile(graph: Graph, { steps }: Plan): boolean {
  let [flops, bytes] = [0, 0];
  for (const { nodes, at } of steps) {
    for (const node of nodes) flops += flopsOf(graph, node.id);
    const touched = new Set([...Object.values(at.inputs), at.output, ...Object.values(at.outputs)]);
    for (const { type } of touched) bytes += sizeOf(type.shape) * bytesPerElement[type.dtype];
  }
  const meets =
    meetings(steps).filter(Boolean).length + steps.reduce((n, { kernel }) => n + (kernel?.phases.length ?? 1) - 1, 0);
  return (flops / rate.flops + bytes / rate.bytes) / 2 > cost.waking + meets * cost.meeting;
}

/** Floating-point operations of one node, a multiply-add counted as two. */
export function flopsOf(graph: Graph, id: string): number {
  const byId = nodesById(graph);
  const { op, inputs, attributes, type } = byId.get(id)!;
  const types = Object.fromEntries(Object.entries(inputs).map(([name, from]) => [name, byId.get(from)!.type]));
  return op.flops({ ...types, y: type }, attributes);
}
