import type { Graph } from '../graph/graph.ts';
import type { Backend, Executable } from './backend.ts';
import { reference } from './reference/reference.ts';

/** Makes a graph ready to run; the backend defaults to `reference`, the definition of every operator. */
export const compile = (graph: Graph, options: { readonly backend?: Backend } = {}): Executable =>
  (options.backend ?? reference).compile(graph);
