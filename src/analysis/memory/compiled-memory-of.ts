import { rearrangementOf } from '../../backends/wasm/kernels/movement/paths.ts';
import { alignment, placeFor } from '../../backends/wasm/plan/arena.ts';
import { lower } from '../../backends/wasm/plan/lower.ts';
import { type Plan, plan } from '../../backends/wasm/plan/plan.ts';
import { type Graph, liveIds, type Node, nodesById } from '../../graph/graph.ts';
import { isInput } from '../../graph/input.ts';
import { showType } from '../../graph/type.ts';
import { bytesOf } from '../cost/node-cost.ts';

/** One step of a compiled program, and what is in memory while it runs. */
export interface StepMemory {
  /** The operators that it computes in one go. */
  readonly ops: readonly string[];
  /** The type of the last. */
  readonly result: string;
  readonly scope: string | undefined;
  /** Bytes of values in between that are needed then, its kernel's workspace too. */
  readonly live: number;
}

/** Bytes of memory of a compiled program: predicted, and what it takes. */
export interface CompiledMemory {
  /** Inputs, parameters, states, constants and kernels' tables; and the first cache line, for no value lies at 0. */
  readonly kept: number;
  readonly steps: readonly StepMemory[];
  /** The widest moment of all steps. */
  readonly peak: number;
  /** What is kept and the widest moment: no layout can do with less. */
  readonly predicted: number;
  /** What the program's one memory, its arena, really takes. */
  readonly arena: number;
}

/**
 * Memory by liveness over the steps of the compiled backend's plan (operators.md 62, 64). Unlike {@link memoryOf}, to which every node is a step, it
 * follows what the plan does: nodes that are fused have no value in memory, views lie in what they look at, results over operands that are needed
 * no longer, next values of states over the old ones. How much that is at the widest moment is what the arena should be; how much more it is, is
 * what packing loses.
 */
export function compiledMemoryOf(graph: Graph): CompiledMemory {
  const planned = plan(graph);
  const lowered = lower(graph);
  const memories = memoriesOf(lowered, planned);
  const first = new Map<string, number>();
  const last = new Map<string, number>();
  for (const [i, { nodes, at }] of planned.steps.entries()) {
    for (const id of Object.keys(at.outputs)) first.set(memories.of(id), first.get(memories.of(id)) ?? i);
    for (const { inputs } of nodes) for (const id of Object.values(inputs)) last.set(memories.of(id), i);
  }
  for (const id of [...Object.values(lowered.outputs), ...Object.values(lowered.updates)])
    last.set(memories.of(id), planned.steps.length);
  const live = planned.steps.map(({ kernel }) => (kernel?.scratch === undefined ? 0 : placeFor(kernel.scratch)));
  for (const [memory, from] of first) {
    if (memories.isKept(memory)) continue;
    const to = last.get(memory) ?? planned.steps.length;
    for (let i = from; i <= to && i < live.length; i++) live[i]! += memories.bytes(memory);
  }
  const leaves = [...lowered.nodes.filter(isInput), ...planned.constants];
  const kept =
    alignment +
    leaves.reduce((sum, { type }) => sum + placeFor(bytesOf(type)), 0) +
    planned.tables.reduce((sum, { bytes }) => sum + placeFor(bytes.length), 0);
  const peak = Math.max(0, ...live);
  return {
    kept,
    steps: planned.steps.map(({ nodes, node }, i) => ({
      ops: nodes.map(({ op }) => op.name),
      result: showType(node.type),
      scope: node.scope,
      live: live[i]!,
    })),
    peak,
    predicted: kept + peak,
    arena: planned.bytes,
  };
}

/** Which values share one memory: named by one of them. */
interface Memories {
  of(id: string): string;
  bytes(memory: string): number;
  isKept(memory: string): boolean;
}

interface Stretch {
  readonly from: number;
  readonly below: number;
}

const meet = (a: Stretch | undefined, b: Stretch): boolean => a !== undefined && a.from < b.below && b.from < a.below;

function memoriesOf(graph: Graph, { steps, constants, persistent }: Plan): Memories {
  const live = liveIds(graph);
  const byId = nodesById(graph);
  const parent = new Map<string, string>();
  const of = (id: string): string => {
    let at = id;
    for (let next = parent.get(at); next !== undefined; next = parent.get(at)) at = next;
    return at;
  };
  const join = (a: string, b: string): void => {
    if (of(a) !== of(b)) parent.set(of(a), of(b));
  };
  const computed = new Set(steps.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  // What no step computes only looks at what it reads, or is written by those who make its parts.
  const isUncomputed = ({ id }: Node): boolean => live.has(id) && !computed.has(id);
  for (const node of graph.nodes.filter(isUncomputed)) {
    const looksAt = rearrangementOf(node)?.input;
    for (const [name, from] of Object.entries(node.inputs))
      if (looksAt === undefined || looksAt === name) join(node.id, from);
  }
  const written = new Set<string>();
  const stretches = new Map<string, Stretch>();
  const over: string[] = [];
  for (const { nodes, at } of steps) {
    const reads = new Set(nodes.flatMap(({ inputs }) => Object.values(inputs)));
    for (const [id, { address }] of Object.entries(at.outputs)) {
      const own = { from: address, below: address + bytesOf(byId.get(id)!.type) };
      // Results over operands, and beside parts that lie there already.
      const shared = [...reads].filter((other) => meet(stretches.get(of(other)), own));
      const all = [own, ...[id, ...shared].flatMap((other) => stretches.get(of(other)) ?? [])];
      for (const other of shared) join(id, other);
      stretches.set(of(id), {
        from: Math.min(...all.map(({ from }) => from)),
        below: Math.max(...all.map(({ below }) => below)),
      });
      written.add(id);
      if (address < persistent) over.push(id);
    }
  }
  const bytes = new Map<string, number>();
  // A view may have more elements than there are, as repeated ones; what is put together of several is as large as it is.
  for (const node of graph.nodes) {
    const { id, type } = node;
    if (written.has(id) || (isUncomputed(node) && rearrangementOf(node) === undefined))
      bytes.set(of(id), Math.max(bytes.get(of(id)) ?? 0, placeFor(bytesOf(type))));
  }
  const leaves = [...graph.nodes.filter(isInput), ...constants].map(({ id }) => id);
  // Next values of states lie over the old ones.
  const kept = new Set([...leaves, ...over].map(of));
  return { of, bytes: (memory) => bytes.get(memory)!, isKept: (memory) => kept.has(memory) };
}
