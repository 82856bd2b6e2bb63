import type { Graph } from '../../graph/graph.ts';
import { ancestors, descendants } from '../../graph/topology.ts';
import { type Box, Union } from './box.ts';
import type { Reader } from './reader.ts';

/** What is followed: from an element, or several, of a node back to the inputs. */
export interface Trace {
  readonly from: string;
  readonly box: Box;
  readonly to: string;
  /** Whether tensors end; without, what would be padding counts as read. */
  readonly clip: boolean;
}

/** The elements of a node that elements of another depend on, by what operators declare. */
export function trace(graph: Graph, reader: Reader, { from, box, to, clip }: Trace): Union {
  const behind = descendants(graph, [to]);
  const between = new Set([...ancestors(graph, [from])].filter((id) => behind.has(id)));
  const unions = new Map([...between].map((id) => [id, new Union()]));
  unions.get(from)?.add(box);
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const node = graph.nodes[i]!;
    const read = unions.get(node.id);
    if (read === undefined || node.id === to) continue;
    for (const key of Object.keys(node.inputs)) {
      const target = unions.get(node.inputs[key]!);
      if (target === undefined || (!clip && reader.onlyChooses(node, key, (id) => between.has(id)))) continue;
      target.rounded ||= read.rounded;
      for (const each of read.boxes) for (const next of reader.boxes(node, key, each, clip)) target.add(next);
    }
    unions.delete(node.id);
  }
  return unions.get(to) ?? new Union();
}
