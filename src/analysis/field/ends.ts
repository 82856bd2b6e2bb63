import { CotangentError } from '../../graph/error.ts';
import type { Graph } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { Reader } from './reader.ts';
import type { FieldOptions } from './receptive-field.ts';

/** The nodes that a question about fields is about. */
export interface Ends {
  readonly from: string;
  readonly to: string;
  readonly reader: Reader;
}

/**
 * The output and the input that are named, or the only ones there are.
 *
 * @throws CotangentError `field/name`.
 */
export function ends(graph: Graph, { output, input, positions }: FieldOptions): Ends {
  const leaves = graph.nodes.filter(isInput).map(inputAttributes);
  const fed = leaves.flatMap(({ name, role }) => (role === 'input' ? [name] : []));
  const from = graph.outputs[named('output', output, Object.keys(graph.outputs), Object.keys(graph.outputs))]!;
  const to = graph.inputs[named('input', input, fed, Object.keys(graph.inputs))]!;
  return { from, to, reader: new Reader(graph, positions) };
}

/** The name given, or the only one there is. */
function named(what: string, given: string | undefined, usual: readonly string[], known: readonly string[]): string {
  if (given === undefined ? usual.length === 1 : known.includes(given)) return given ?? usual[0]!;
  throw new CotangentError({
    code: 'field/name',
    summary: given === undefined ? `the graph has ${usual.length} ${what}s` : `the graph has no ${what} '${given}'`,
    fix: `name one of: ${known.join(', ')}.`,
  });
}
