import type { Arrays, Backend } from '../../backends/backend.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Graph } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { sameType } from '../../graph/type.ts';
import { type Difference, firstDifference } from './difference.ts';

/**
 * Lets results take the place of inputs of their types, as in a training step, and runs two steps: the memory of states is
 * written where their next values are made. Held against the same backend fed with the same numbers.
 */
export function compareSteps(graph: Graph, feeds: Arrays, backend: Backend): Difference | undefined {
  const updates = updatesFor(graph);
  if (Object.keys(updates).length === 0) return undefined;
  const nodes = graph.nodes.map((node) =>
    isInput(node) && inputAttributes(node).name in updates
      ? { ...node, attributes: { ...node.attributes, role: 'state' } }
      : node,
  );
  const plain = backend.compile(graph);
  const stateful = backend.compile({ ...graph, nodes, updates });
  const isState = (name: string): boolean => name in updates;
  for (const name of Object.keys(updates)) stateful.write(name, feeds[name]!);
  const given = Object.fromEntries(Object.entries(feeds).filter(([name]) => !isState(name)));
  const outputOf = new Map(Object.entries(graph.outputs).map(([name, id]) => [id, name]));
  let present = feeds;
  for (let step = 0; step < 2; step++) {
    const expected = unlessRefused(() => plain.run(present));
    if (expected === undefined) return undefined;
    const difference = firstDifference(stateful.run(given), expected);
    if (difference !== undefined) return difference;
    const next = Object.fromEntries(
      Object.entries(updates).map(([name, id]) => [name, expected[outputOf.get(id)!]!] as const),
    );
    const kept = Object.fromEntries(Object.keys(updates).map((name) => [name, stateful.read(name)] as const));
    const lost = firstDifference(kept, next);
    if (lost !== undefined) return lost;
    present = { ...present, ...next };
  }
  return undefined;
}

/** What a program makes of itself may be nothing that it takes. */
function unlessRefused(run: () => Arrays): Arrays | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof CotangentError) return undefined;
    throw error;
  }
}

/** Every result in the place of one input that has its type. */
function updatesFor(graph: Graph): { [name: string]: string } {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const free = graph.nodes.filter(isInput);
  const updates: { [name: string]: string } = {};
  for (const id of Object.values(graph.outputs)) {
    const k = free.findIndex(({ type }) => type.dtype !== 'i32' && sameType(type, byId.get(id)!.type));
    if (k < 0) continue;
    const [leaf] = free.splice(k, 1);
    updates[inputAttributes(leaf!).name] = id;
  }
  return updates;
}
