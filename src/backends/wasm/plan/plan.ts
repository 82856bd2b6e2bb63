import { type Graph, liveIds, type Node, nodesById } from '../../../graph/graph.ts';
import { isInput } from '../../../graph/input.ts';
import type { Choosing, Tuner } from '../kernels/conv/choosing.ts';
import { batchKernel } from '../kernels/fused/batch-kernel.ts';
import { fusedKernel } from '../kernels/fused/fused-kernel.ts';
import { kernelFor } from '../kernels/index.ts';
import { jointKernel } from '../kernels/joint.ts';
import type { Kernel, Operand } from '../kernels/kernel.ts';
import { joinAlike } from './alike.ts';
import { Arena } from './arena.ts';
import { gather, type Work } from './cluster.ts';
import { withEpilogues } from './epilogues.ts';
import { updateHomes } from './homes.ts';
import { lower } from './lower.ts';
import { bytesOf, place, type Step } from './place.ts';
import { inputTypes } from './readers.ts';
import { type PlanReport, planReport } from './report.ts';
import { sumsFirst } from './sums-first.ts';
import { type Views, viewsOf } from './views.ts';

/** A graph laid out in time and memory. */
export interface Plan {
  readonly steps: readonly Step[];
  /** Where every value that has a place lies while it is needed. */
  readonly operands: ReadonlyMap<string, Operand>;
  /** Nodes without inputs that somebody reads: computed once, when the program is made. */
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
  /** Nodes that would copy elements but need no step: others read or write the elements where they lie. */
  readonly unmoved: readonly Node[];
  /** Nodes that no kernel computes. */
  readonly fallbacks: readonly Node[];
  /** Steps, memory and fallbacks for people: print it, or read its fields. */
  report(): PlanReport;
}

/**
 * Gathers nodes into loops, chooses kernels and places: leaves and constants for good, values in between while somebody
 * still reads them, the next value of a state over the old one where nobody needs that any more. Kernels are chosen by
 * count, or as the tuner says.
 */
export function plan(given: Graph, exact = false, tuner?: Tuner): Plan {
  const choosing: Choosing = { exact, tuner };
  const graph = lower(given);
  const live = liveIds(graph);
  const byId = nodesById(graph);
  const isLeaf = (node: Node): boolean => Object.keys(node.inputs).length === 0;
  const computed = graph.nodes.filter((node) => live.has(node.id) && !isLeaf(node));
  const placing = viewsOf(graph, computed, choosing);
  const { views } = placing;
  const rootOf = (id: string): string => views.get(id)?.root ?? id;
  const gathered = gather(
    graph,
    computed.filter(({ id }) => placing.makersOf(id)[0] === id),
    placing,
  );
  const works = joinAlike(sumsFirst(withEpilogues(graph, gathered, placing, choosing), placing), placing);
  const chosen = works.map((work) =>
    work.cluster === undefined
      ? ownKernel(work, byId, placing, choosing)
      : work.alike === undefined
        ? fusedKernel(work.cluster, views)
        : batchKernel(work.alike.map(({ cluster }) => cluster)),
  );
  const ends = new Set([...Object.values(graph.outputs), ...Object.values(graph.updates)].map(rootOf));
  const read = new Set([...ends, ...works.flatMap(({ reads }) => reads.map(rootOf))]);
  const stays = graph.nodes.filter((node) => isInput(node) || (isLeaf(node) && read.has(node.id)));

  const forGood = new Arena();
  const addresses = new Map<string, number>();
  for (const { id, type } of stays) addresses.set(id, forGood.allocate(bytesOf(type)).address);
  const tables = chosen.map((kernel) => {
    const bytes = kernel?.table?.length ?? kernel?.addresses?.bytes;
    return bytes === undefined ? 0 : forGood.allocate(bytes).address;
  });
  const { steps, operand, has, arena } = place({
    works,
    chosen,
    tables,
    byId,
    views,
    ends,
    homes: updateHomes(graph, works, chosen, views),
    kept: addresses,
    start: forGood.end,
  });
  const placed = [...stays, ...graph.nodes].filter(({ id }) => has(id));
  const layout = {
    steps,
    operands: new Map(placed.map(({ id }) => [id, operand(id)])),
    constants: stays.filter((node) => !isInput(node)),
    tables: steps.flatMap(({ kernel, at }) => {
      const bytes = kernel?.table ?? kernel?.addresses?.at(at);
      return bytes === undefined ? [] : [{ address: at.table, bytes }];
    }),
    bytes: arena.end,
    persistent: forGood.end,
    peak: arena.peak,
    naive: arena.requested,
    unmoved: computed.filter(placing.isUnmoved),
  };
  return {
    ...layout,
    fallbacks: steps.filter(({ kernel }) => kernel === undefined).map(({ node }) => node),
    report: () => planReport(graph, layout),
  };
}

function ownKernel(
  { nodes, results, epilogue }: Work,
  byId: ReadonlyMap<string, Node>,
  { views, there }: Views,
  choosing: Choosing,
): Kernel | undefined {
  const [node, ...others] = nodes as readonly [Node, ...Node[]];
  const sources = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, byId.get(id)!]));
  const types = inputTypes(node, byId);
  const layouts = {
    inputs: Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, views.get(id)?.strides])),
    output: views.get(node.id)?.strides,
    epilogue,
    there: there.get(node.id) ?? new Set<string>(),
  };
  const kernel = kernelFor(node.op);
  if (epilogue !== undefined) {
    const roots = new Set(Object.values(node.inputs).map((id) => views.get(id)?.root ?? id));
    // What the kernel itself reads is read again where results are already written.
    const inPlace = epilogue.dense.filter((id) => !roots.has(views.get(id)?.root ?? id));
    return { ...kernel!(node, types, sources, layouts, choosing)!, inPlace };
  }
  return others.length === 0
    ? kernel?.(node, types, sources, layouts, choosing)
    : jointKernel(node, others, types, layouts, results);
}
