import type { Arrays } from '../../backends/backend.ts';
import type { Graph } from '../../graph/graph.ts';
import { toJson } from '../../graph/text/json.ts';
import { print } from '../../graph/text/print.ts';
import type { Failure } from '../fuzz/campaign.ts';
import type { Difference } from './difference.ts';

/** What is wrong with a program. */
export type Found = Pick<Failure, 'summary' | 'compared'> & { readonly details?: readonly string[] };

export const differentFrom = (where: string, { node, value, expected, details, compared }: Difference): Found => ({
  summary: `${where}: ${node === undefined ? '' : `${node.op.name}: `}${value} instead of ${expected}`,
  details,
  ...(compared && { compared }),
});

/** With the graph’s text, and code that runs it on both backends. */
export const inWords = (graph: Graph, feeds: Arrays, { summary, details = [], compared }: Found): Failure => ({
  summary,
  details: [...details, ...print(graph).trimEnd().split('\n')],
  ...(compared && { compared }),
  snippets: [{ for: 'cotangent', code: codeFor(graph, feeds) }],
});

function codeFor(graph: Graph, feeds: Arrays): string {
  const values = Object.entries(feeds).map(
    ([name, { dtype, shape, data }]) =>
      `${JSON.stringify(name)}: array(${JSON.stringify({ dtype, shape })}, [${Array.from(data, literal).join(', ')}])`,
  );
  return [
    "import { array, compile, fromJson, reference, wasmWith } from 'cotangent';",
    "import { ops } from 'cotangent/ops';",
    '',
    `const graph = fromJson(${JSON.stringify(toJson(graph))}, ops);`,
    `const inputs = { ${values.join(', ')} };`,
    'const backends = { reference, wasm: wasmWith({ threads: 1 }) };',
    'for (const [name, backend] of Object.entries(backends))',
    '  for (const [output, value] of Object.entries(compile(graph, { backend }).run(inputs)))',
    "    console.log(name, output, value.data.join(' '));",
    '',
  ].join('\n');
}

const literal = (x: number): string => (Object.is(x, -0) ? '-0' : `${x}`);
