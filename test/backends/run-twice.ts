import { type Backend, compile } from '../../src/backends/index.ts';
import type { Graph, NdArray } from '../../src/graph/index.ts';

/** All results of a graph, of a second run: in memory that holds something already. */
export function runTwice(graph: Graph, feeds: { readonly [name: string]: NdArray }, backend: Backend): NdArray[] {
  const executable = compile(graph, { backend });
  executable.run(feeds);
  const results = Object.values(executable.run(feeds));
  executable.close();
  return results;
}
