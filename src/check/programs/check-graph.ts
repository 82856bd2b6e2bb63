import type { Graph } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { ops } from '../../ops/index.ts';
import { checkRoundTrips } from '../round-trips.ts';
import { compareBackends } from './backends.ts';
import { comparePasses } from './passes.ts';
import { pointFor } from './point.ts';
import type { Distribution } from './random-program.ts';

/**
 * Everything that must not change a graph’s numbers: backends in both modes, threads, passes, text and JSON. Returns what
 * does, in words.
 *
 * @throws CotangentError `gradcheck/round-trip`.
 */
export function checkGraph(graph: Graph, distribution: Distribution, seed: number): string[] {
  const inputs = graph.nodes.filter(isInput).map((node) => [inputAttributes(node).name, node.type] as const);
  const feeds = Object.fromEntries(
    inputs.map(([name, type]) => [name, pointFor(name, type, undefined, distribution, seed)]),
  );
  checkRoundTrips(graph, ops);
  const found = [
    comparePasses(graph, feeds),
    ...(['exact', 'fastest'] as const).flatMap((mode) =>
      [1, 2, 3].map((threads) => compareBackends(graph, feeds, { mode, threads, steps: threads === 1 })),
    ),
  ];
  return found.flatMap(({ where, difference }) =>
    difference === undefined ? [] : [where ?? '', ...difference.details],
  );
}
