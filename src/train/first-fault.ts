import type { Arrays, Backend } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import { describe } from '../graph/builder.ts';
import { isFloat } from '../graph/dtype.ts';
import type { Graph } from '../graph/graph.ts';

/**
 * Describes the first node of a graph, in the order of computation, whose value holds NaN; failing that, an infinity. Runs the graph once
 * with every node kept, so it takes memory: for use after a failure.
 */
export function firstFault(graph: Graph, kept: Arrays, feeds: Arrays, backend?: Backend): string | undefined {
  const nodes = graph.nodes.filter((node) => isFloat(node.type.dtype));
  const outputs = Object.fromEntries(nodes.map(({ id }) => [id, id]));
  const program = compile({ ...graph, outputs, updates: {} }, backend === undefined ? {} : { backend });
  try {
    for (const [name, value] of Object.entries(kept)) program.write(name, value);
    const values = program.run(feeds);
    for (const isFault of [Number.isNaN, (x: number) => !Number.isFinite(x)]) {
      const node = nodes.find(({ id }) => values[id]!.data.some((x) => isFault(x)));
      if (node !== undefined) return describe('first at', { node });
    }
    return undefined;
  } finally {
    program.close();
  }
}
