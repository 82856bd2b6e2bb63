import { enablePatches, produceWithPatches } from 'immer';
import { attributeText } from '../graph/attributes.ts';
import { check } from '../graph/check.ts';
import { CotangentError, GraphError } from '../graph/error.ts';
import type { Graph } from '../graph/graph.ts';
import { nodesById } from '../graph/graph.ts';
import { inputAttributes, isInput } from '../graph/input.ts';
import { showType } from '../graph/type.ts';
import { editable, frozenGraph } from './editable.ts';
import type { EditableGraph, Rewrite } from './rewrite.ts';

/**
 * Edits `draft` in place. Read from `graph`, the same graph before the pass: reading a draft makes proxies, which is slow
 * and loses the identity of operators.
 */
export type Recipe = (draft: EditableGraph, graph: Graph) => void;

/**
 * Runs a pass: one immer recipe over the whole graph. New nodes may take any free id; nodes are put in order afterwards.
 * The result is checked as a whole, and its inputs, outputs and updates must have the names and types they had.
 *
 * @throws GraphError `pass/…` when the recipe breaks the graph: a defect of the pass, never of the graph.
 */
export function runPass(pass: string, graph: Graph, recipe: Recipe): Rewrite {
  enablePatches();
  const [edited, patches, inverse] = produceWithPatches(editable(graph), (draft: EditableGraph) => {
    recipe(draft, graph);
  });
  if (patches.length === 0) return { pass, before: graph, graph, patches, inverse };
  const result = checked(pass, frozenGraph(edited, graph));
  refuseChanges(pass, 'input', leaves(graph), leaves(result));
  refuseChanges(pass, 'output', typesOf(graph, graph.outputs), typesOf(result, result.outputs));
  refuseChanges(pass, 'update', typesOf(graph, graph.updates), typesOf(result, result.updates));
  return { pass, before: graph, graph: result, patches, inverse };
}

function checked(pass: string, graph: Graph): Graph {
  try {
    return check(graph);
  } catch (cause) {
    if (!(cause instanceof CotangentError)) throw cause;
    throw new GraphError(
      {
        ...cause,
        code: 'pass/invalid',
        summary: `pass ${pass} made an invalid graph: ${cause.summary}`,
        fix: 'mend the pass: it may only make graphs that check() accepts.',
      },
      undefined,
      { cause },
    );
  }
}

const leaves = (graph: Graph): Map<string, string> =>
  new Map(graph.nodes.filter(isInput).map((node) => [inputAttributes(node).name, attributeText(node.attributes)]));

function typesOf(graph: Graph, ids: { readonly [name: string]: string }): Map<string, string> {
  const nodes = nodesById(graph);
  return new Map(Object.entries(ids).map(([name, id]) => [name, showType(nodes.get(id)!.type)]));
}

function refuseChanges(pass: string, what: string, before: Map<string, string>, after: Map<string, string>): void {
  for (const name of new Set([...before.keys(), ...after.keys()]))
    if (before.get(name) !== after.get(name))
      throw new GraphError({
        code: 'pass/type',
        summary: `pass ${pass} changed ${what} '${name}' from ${before.get(name) ?? 'nothing'} to ${after.get(name) ?? 'nothing'}`,
        fix: 'mend the pass: it must keep the names and types of inputs, outputs and updates.',
      });
}
