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
  /** What kernels read beside their inputs, and where. */
  readonly tables: readonly { readonly address: number; readonly bytes: Uint8Array }[];
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

  const byId = nodesById(graph);
  const chosen = works.map((node) => {
    const sources = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, byId.get(id)!]));
    const types = Object.fromEntries(Object.entries(sources).map(([name, { type }]) => [name, type]));
    return { node, kernel: kernels.get(node.op)?.(node, types, sources) };
  });

  const forGood = new Arena();
  const operands = new Map<string, Operand>();
  for (const { id, type } of stays) operands.set(id, { type, address: forGood.allocate(bytesOf(type)).address });
  const tables = chosen.flatMap(({ node, kernel }) =>
    kernel?.table === undefined
      ? []
      : [{ id: node.id, address: forGood.allocate(kernel.table.length).address, bytes: kernel.table }],
  );
  const tableOf = new Map(tables.map(({ id, address }) => [id, address]));

  const arena = new Arena(forGood.end);
  const blocks = new Map<string, Block>();
  const owners = ownersOf(chosen);
  const lastReader = lastReaders(graph, works, owners);
  const steps = chosen.map(({ node, kernel }): Step => {
    const inputs = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, operands.get(id)!]));
    const read = Object.values(node.inputs).map((id) => owners.get(id) ?? id);
    const dying = new Set(read.filter((owner) => lastReader.get(owner) === node.id && blocks.has(owner)));
    const shared = kernel?.alias === undefined ? undefined : inputs[kernel.alias.input]!.address + kernel.alias.offset;
    const reused = shared === undefined ? reusable(node, kernel, dying, inputs, owners) : undefined;
    if (shared !== undefined) operands.set(node.id, { type: node.type, address: shared });
    else if (reused !== undefined) {
      operands.set(node.id, { type: node.type, address: reused.address });
      blocks.set(node.id, blocks.get(reused.owner)!);
      dying.delete(reused.owner);
    } else {
      const block = arena.allocate(bytesOf(node.type));
      operands.set(node.id, { type: node.type, address: block.address });
      blocks.set(node.id, block);
    }
    const scratch = kernel?.scratch === undefined ? undefined : arena.allocate(kernel.scratch);
    if (scratch !== undefined) arena.release(scratch);
    for (const owner of dying) arena.release(blocks.get(owner)!);
    const at: Placement = {
      inputs,
      output: operands.get(node.id)!,
      scratch: scratch?.address ?? 0,
      table: tableOf.get(node.id) ?? 0,
    };
    return { node, kernel, at };
  });
  return {
    steps,
    operands,
    constants: stays.filter((node) => !isInput(node)),
    tables,
    bytes: arena.end,
    persistent: forGood.end,
    peak: arena.peak,
    naive: arena.requested,
  };
}

/** Whose memory a value lies in, for values that have none of their own. */
function ownersOf(
  chosen: readonly { readonly node: Node; readonly kernel: Kernel | undefined }[],
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { node, kernel } of chosen) {
    if (kernel?.alias === undefined) continue;
    const input = node.inputs[kernel.alias.input]!;
    owners.set(node.id, owners.get(input) ?? input);
  }
  return owners;
}

/** The node after which nobody needs a memory's owner nor who shares it; what leaves the program is needed to the end. */
function lastReaders(graph: Graph, works: readonly Node[], owners: ReadonlyMap<string, string>): Map<string, string> {
  const last = new Map<string, string>();
  for (const node of works) for (const id of Object.values(node.inputs)) last.set(owners.get(id) ?? id, node.id);
  for (const id of [...Object.values(graph.outputs), ...Object.values(graph.updates)])
    last.delete(owners.get(id) ?? id);
  return last;
}

/**
 * Where the result may lie: on an input whose memory ends here, where it may be overwritten. Another input in the same
 * memory has to lie in the very same place, or it would be overwritten before it is read.
 */
function reusable(
  node: Node,
  kernel: Kernel | undefined,
  dying: ReadonlySet<string>,
  inputs: Placement['inputs'],
  owners: ReadonlyMap<string, string>,
): { readonly owner: string; readonly address: number } | undefined {
  const ownerOf = (name: string): string => owners.get(node.inputs[name]!) ?? node.inputs[name]!;
  const bytes = bytesOf(node.type);
  for (const name of kernel?.inPlace ?? []) {
    const [owner, { address, type }] = [ownerOf(name), inputs[name]!];
    const others = Object.entries(inputs).filter(([other]) => ownerOf(other) === owner);
    const together = others.every(([, other]) => other.address === address && bytesOf(other.type) === bytes);
    if (dying.has(owner) && bytesOf(type) === bytes && together) return { owner, address };
  }
  return undefined;
}
