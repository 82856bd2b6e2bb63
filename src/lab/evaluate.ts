import type { Arrays, Backend } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import { GraphBuilder } from '../graph/builder.ts';
import type { NamedTensors } from '../nn/index.ts';

/** Builds a graph of the given arrays, runs it once and forgets it. */
export function evaluate(backend: Backend, feeds: Arrays, make: (inputs: NamedTensors) => NamedTensors): Arrays {
  const g = new GraphBuilder();
  const inputs = Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, g.input(name, value)]));
  const executable = compile(g.build(make(inputs)), { backend });
  try {
    return executable.run(feeds);
  } finally {
    executable.close();
  }
}
