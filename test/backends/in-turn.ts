import { inTurn as alternating } from '../../src/check/programs/in-turn.ts';
import type { Graph, NdArray } from '../../src/graph/index.ts';

/** The results of a compiled graph as so many threads give them, one after the other within each phase; see `check/programs`. */
export function inTurn(graph: Graph, feeds: { readonly [name: string]: NdArray }, threads: number): NdArray[] {
  const results = alternating(graph, feeds, threads);
  if (results === undefined) throw new Error('a step was left to the reference kernel');
  return Object.values(results);
}
