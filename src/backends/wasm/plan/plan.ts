import { bytesPerElement } from '../../../graph/dtype.ts';
import type { Graph, Node } from '../../../graph/graph.ts';
import { liveIds, nodesById } from '../../../graph/graph.ts';
import { isInput } from '../../../graph/input.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Type } from '../../../graph/type.ts';
import { kernels } from '../kernels/index.ts';
import type { Kernel, Operand, Placement } from '../kernels/kernel.ts';
import { Arena, type Block } from './arena.ts';

/** One node's turn. Without a kernel of its own the operator's reference kernel runs: a fallback. */
export interface Step {
  readonly node: Node;
  readonly kernel: Kernel | undefined;
  readonly at: Placement;
}

/** A graph laid out in time and memory. */
export interface Plan {
  readonly steps: readonly Step[];
  /** Where every live value lies while it is needed. */
  readonly operands: ReadonlyMap<string, Operand>;
  /** Nodes without inputs: computed once, when the program is made. */
  readonly constants: readonly Node[];
  /** Bytes of memory, all of it. */
  readonly bytes: number;
  /** Bytes for inputs, parameters, states and constants, which stay. */
  readonly persistent: number;
  /** Bytes that the values in between take at the widest moment. */
  readonly peak: number;
  /** Bytes that they would take if each had a place of its own. */
  readonly naive: number;
}

const bytesOf = (type: Type): number => sizeOf(type.shape) * bytesPerElement[type.dtype];

/** Chooses kernels and places: leaves and constants for good, values in between while somebody still reads them. */
export function plan(graph: Graph): Plan {
  const live = liveIds(graph);
  const nodes = graph.nodes.filter((node) => isInput(node) || live.has(node.id));
  const stays = nodes.filter((node) => Object.keys(node.inputs).length === 0);
  const works = nodes.filter((node) => Object.keys(node.inputs).length > 0);

  const forGood = new Arena();
  const operands = new Map<string, Operand>();
  for (const { id, type } of stays) operands.set(id, { type, address: forGood.allocate(bytesOf(type)).address });

  const arena = new Arena(forGood.end);
  const blocks = new Map<string, Block>();
  const lastReader = lastReaders(graph, works);
  const byId = nodesById(graph);
  const steps = works.map((node): Step => {
    const types = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, byId.get(id)!.type]));
    const kernel = kernels.get(node.op)?.(node, types);
    const dying = new Set(Object.values(node.inputs).filter((id) => lastReader.get(id) === node.id && blocks.has(id)));
    const reused = reusable(node, kernel, dying, byId);
    const block = reused === undefined ? arena.allocate(bytesOf(node.type)) : blocks.get(reused)!;
    if (reused !== undefined) dying.delete(reused);
    blocks.set(node.id, block);
    operands.set(node.id, { type: node.type, address: block.address });
    const scratch = kernel?.scratch === undefined ? undefined : arena.allocate(kernel.scratch);
    const inputs = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, operands.get(id)!]));
    if (scratch !== undefined) arena.release(scratch);
    for (const id of dying) arena.release(blocks.get(id)!);
    return { node, kernel, at: { inputs, output: operands.get(node.id)!, scratch: scratch?.address ?? 0 } };
  });
  return {
    steps,
    operands,
    constants: stays.filter((node) => !isInput(node)),
    bytes: arena.end,
    persistent: forGood.end,
    peak: arena.peak,
    naive: arena.requested,
  };
}

/** The node after which a value is needed no more; what leaves the program is needed to the end. */
function lastReaders(graph: Graph, works: readonly Node[]): Map<string, string> {
  const last = new Map<string, string>();
  for (const node of works) for (const id of Object.values(node.inputs)) last.set(id, node.id);
  for (const id of [...Object.values(graph.outputs), ...Object.values(graph.updates)]) last.delete(id);
  return last;
}

/** An input that ends here, lies in memory of the right size and may be overwritten by the result. */
function reusable(
  node: Node,
  kernel: Kernel | undefined,
  dying: ReadonlySet<string>,
  byId: ReadonlyMap<string, Node>,
): string | undefined {
  return kernel?.inPlace
    ?.map((name) => node.inputs[name]!)
    .find((id) => dying.has(id) && bytesOf(byId.get(id)!.type) === bytesOf(node.type));
}
