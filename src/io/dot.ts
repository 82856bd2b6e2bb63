import type { Graph } from '../graph/graph.ts';
import { type DrawingOptions, draw, type Mark } from './drawing.ts';

const styles: { readonly [K in Mark['kind']]: string } = {
  input: 'shape=ellipse fillcolor="#dbeafe"',
  parameter: 'shape=cylinder fillcolor="#fef3c7"',
  state: 'shape=cylinder fillcolor="#ede9fe"',
  operator: 'shape=box fillcolor="#ffffff"',
  fold: 'shape=box3d fillcolor="#f1f5f9"',
  output: 'shape=ellipse peripheries=2 fillcolor="#dcfce7"',
};

/**
 * A graph in Graphviz's DOT language: scopes as clusters, shapes on edges, the printed node as tooltip. Render it with
 * `dot -Tsvg`. Large graphs are readable with `fold` only.
 */
export function toDot(graph: Graph, options: DrawingOptions = {}): string {
  const { steps, arrows } = draw(graph, options);
  const lines = [
    'digraph cotangent {',
    '  rankdir=TB compound=true',
    '  node [style="filled,rounded" fontname="Helvetica" fontsize=11]',
    '  edge [fontname="Helvetica" fontsize=9 color="#64748b"]',
  ];
  let depth = 1;
  for (const step of steps) {
    const indent = '  '.repeat(Math.min(step === 'close' ? depth - 1 : depth, 20));
    if (step === 'close') {
      depth -= 1;
      lines.push(`${indent}}`);
    } else if ('open' in step) {
      depth += 1;
      lines.push(`${indent}subgraph cluster_${step.open} {`, `${indent}  label=${quote([step.label])} color="#94a3b8"`);
    } else
      lines.push(
        `${indent}${step.id} [label=${quote(step.label)} tooltip=${quote([step.detail])} ${styles[step.kind]}]`,
      );
  }
  for (const { from, to, label, kind } of arrows)
    lines.push(
      `  ${from} -> ${to} [label=${quote([label])}${kind === 'next' ? ' style=dashed constraint=false' : ''}]`,
    );
  return `${[...lines, '}'].join('\n')}\n`;
}

/** In DOT's labels backslashes begin escapes and ampersands HTML entities. */
const quote = (lines: readonly string[]): string =>
  `"${lines.map((line) => line.replace(/[\\"]/g, '\\$&').replaceAll('&', '&amp;')).join('\\n')}"`;
