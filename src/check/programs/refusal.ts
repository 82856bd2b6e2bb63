import type { Arrays, Backend } from '../../backends/backend.ts';
import { reference } from '../../backends/reference/reference.ts';
import { wasmWith } from '../../backends/wasm/wasm.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Graph } from '../../graph/graph.ts';

const compiled = wasmWith({ threads: 1 });

/** What the definition says to values that an operator does not take: the error’s code. */
export const refusalOf = (graph: Graph, feeds: Arrays): string | undefined => codeFrom(reference, graph, feeds);

/** What the compiled backend says to them. */
export const refusalBy = (graph: Graph, feeds: Arrays): string | undefined => codeFrom(compiled, graph, feeds);

function codeFrom(backend: Backend, graph: Graph, feeds: Arrays): string | undefined {
  try {
    backend.compile(graph).run(feeds);
    return undefined;
  } catch (error) {
    if (error instanceof CotangentError) return error.code;
    throw error;
  }
}
