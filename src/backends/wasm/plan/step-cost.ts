import { bytesPerElement } from '../../../graph/dtype.ts';
import { type Graph, nodesById } from '../../../graph/graph.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Step } from './place.ts';

/** What a step does. */
export interface StepCost {
  /** Floating-point operations by the operators' definitions, a multiply-add counted as two. */
  readonly flops: number;
  /** Bytes read and written, each value once. */
  readonly bytes: number;
}

/** The operations and bytes of one step. */
export function stepCost(graph: Graph, { nodes, at }: Step): StepCost {
  const byId = nodesById(graph);
  let flops = 0;
  for (const { op, inputs, attributes, type } of nodes) {
    const types = Object.fromEntries(Object.entries(inputs).map(([name, from]) => [name, byId.get(from)!.type]));
    flops += op.flops({ ...types, y: type }, attributes);
  }
  // One value under two names, such as the last result, is one operand.
  const touched = new Map(
    [...Object.values(at.inputs), at.output, ...Object.values(at.outputs)].map((o) => [
      `${o.address} ${o.type.shape}`,
      o.type,
    ]),
  );
  const bytes = [...touched.values()].reduce(
    (sum, { dtype, shape }) => sum + sizeOf(shape) * bytesPerElement[dtype],
    0,
  );
  return { flops, bytes };
}
