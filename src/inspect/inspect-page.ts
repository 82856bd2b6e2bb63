import type { Graph } from '../graph/graph.ts';
import { html, page, type Section, table } from '../report/index.ts';
import { heatMapStyle } from './heat-map.ts';
import type { Finding } from './part.ts';
import type { Subject } from './subject.ts';
import { graphViewer } from './viewer/graph-viewer.ts';

/** One page of a graph: what was found, then the graph itself, to be folded, unfolded and asked. */
export function inspectPage({ name, graph, facts }: Subject, findings: readonly Finding[]): string {
  const viewer = graphViewer(graph);
  const sections = findings.map(
    ({ title, note, tables, figures }): Section => ({ title, note, content: [...figures, ...tables.map(table)] }),
  );
  return page({
    title: name,
    facts,
    contents: true,
    intro: html`<p class="note">${countText(graph)}</p>`,
    sections: [
      {
        title: 'Graph',
        note: 'Click on a scope to unfold or fold it, on a node for its cost, where it was made and the rule of its gradient. Drag to move, wheel or pinch to zoom.',
        content: viewer.content,
      },
      ...sections,
    ],
    style: `${viewer.style}${heatMapStyle}`,
    script: viewer.script,
  });
}

function countText({ nodes, outputs }: Graph): string {
  const scopes = new Set(nodes.flatMap(({ scope }) => (scope === undefined ? [] : [scope])));
  return `${nodes.length} nodes in ${scopes.size} scopes; outputs: ${Object.keys(outputs).slice(0, 8).join(', ')}${Object.keys(outputs).length > 8 ? ', …' : ''}`;
}
