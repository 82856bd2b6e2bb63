import type { Graph } from '../graph/graph.ts';
import { type DrawingOptions, draw, type Mark } from './drawing.ts';

/** What stands around a label, and the colour. */
const styles: { readonly [K in Mark['kind']]: readonly [open: string, close: string, fill: string] } = {
  input: ['([', '])', '#dbeafe'],
  parameter: ['[(', ')]', '#fef3c7'],
  state: ['[(', ')]', '#ede9fe'],
  operator: ['[', ']', '#ffffff'],
  fold: ['[[', ']]', '#f1f5f9'],
  output: ['(((', ')))', '#dcfce7'],
};

/**
 * A graph as a Mermaid flowchart: scopes as subgraphs, shapes on edges. Markdown viewers draw it. Mermaid refuses more
 * than 500 edges or 50,000 characters by default: `fold` large graphs.
 */
export function toMermaid(graph: Graph, options: DrawingOptions = {}): string {
  const { steps, arrows } = draw(graph, options);
  const lines = ['flowchart TD'];
  const used = new Set<Mark['kind']>();
  let depth = 1;
  for (const step of steps) {
    const indent = '  '.repeat(Math.min(step === 'close' ? depth - 1 : depth, 20));
    if (step === 'close') {
      depth -= 1;
      lines.push(`${indent}end`);
    } else if ('open' in step) {
      depth += 1;
      lines.push(`${indent}subgraph ${step.open}[${quote([step.label])}]`);
    } else {
      used.add(step.kind);
      const [open, close] = styles[step.kind];
      lines.push(`${indent}${step.id}${open}${quote(step.label)}${close}:::${step.kind}`);
    }
  }
  for (const { from, to, label, kind } of arrows)
    lines.push(`  ${from} ${kind === 'next' ? '-.->' : '-->'}|${quote([label])}| ${to}`);
  for (const kind of used) lines.push(`  classDef ${kind} fill:${styles[kind][2]},stroke:#64748b,color:#0f172a`);
  return `${lines.join('\n')}\n`;
}

/** Mermaid reads Markdown, HTML and marks of its own in labels: all but plain characters become its numeric entities. */
const quote = (lines: readonly string[]): string =>
  `"${lines
    .map((line) => line.replace(/[^\p{L}\p{N}_ ,:()[\]/=]/gu, (sign) => `#${sign.codePointAt(0)};`) || ' ')
    .join('<br/>')}"`;
