import { nodesById } from '../graph/graph.ts';
import { nameText } from '../graph/text/names.ts';
import { printNode } from '../graph/text/print.ts';
import type { Rewrite } from './rewrite.ts';

/**
 * What a pass changed, as text made from its patches: a summary, then a line per node that went (`-`), came (`+`) or
 * changed (`~`, with its new form below), and per output or update that moved.
 */
export function explain({ pass, before, graph, patches }: Rewrite): string {
  const ids = new Set<string>();
  const moved: string[] = [];
  for (const { path } of patches) {
    const [part, name] = path.map(String);
    if (part === 'nodes') ids.add(name!);
    else if (part === 'outputs' || part === 'updates')
      moved.push(`~ ${part.slice(0, -1)} ${nameText(name!)}: ${before[part][name!]} → ${graph[part][name!]}`);
  }
  const [old, now] = [nodesById(before), nodesById(graph)];
  const counts = { removed: 0, added: 0, changed: 0 };
  const lines = [...ids]
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
    .flatMap((id) => {
      const [from, to] = [old.get(id), now.get(id)];
      counts[from === undefined ? 'added' : to === undefined ? 'removed' : 'changed'] += 1;
      if (from === undefined || to === undefined)
        return from === undefined ? `+ ${printNode(to!)}` : `- ${printNode(from)}`;
      return [`~ ${printNode(from)}`, `  ${printNode(to)}`];
    });
  const summary =
    patches.length === 0
      ? `${pass}: nothing to do`
      : `${pass}: ${counts.removed} removed, ${counts.changed} changed, ${counts.added} added; ${before.nodes.length} → ${graph.nodes.length} nodes`;
  return `${[summary, ...lines, ...moved].join('\n')}\n`;
}
