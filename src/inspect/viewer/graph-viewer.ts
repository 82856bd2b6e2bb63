import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Graph } from '../../graph/graph.ts';
import { Html, html } from '../../report/index.ts';
import { drawnGraph } from './drawn-graph.ts';
import { viewerScript } from './viewer-script.ts';
import { viewerStyle } from './viewer-style.ts';

/** What a page needs to show a graph that folds, unfolds and answers. */
export interface GraphViewer {
  readonly content: Html;
  readonly style: string;
  readonly script: string;
}

/** A graph to look into, for one page: boxes by scope, laid out by dagre in the page itself, since what is unfolded changes the layout. */
export function graphViewer(graph: Graph): GraphViewer {
  // A text in the page: nothing of it may end the element early.
  const data = JSON.stringify(drawnGraph(graph)).replaceAll('<', '\\u003c');
  const button = (name: string, text: string): Html => html`<button type="button" data-act="${name}">${text}</button>`;
  const content = html`<div class="viewer"><div class="bar">
${button('fold', 'fold all')}${button('unfold', 'unfold a level')}${button('larger', '+')}${button('smaller', '−')}${button('fit', 'fit')}
<label><input type="checkbox"> parameters and constants</label><input type="search" placeholder="find an operator, a scope, a shape" aria-label="find">
<span class="said"></span></div><div class="stage"><svg role="group" aria-label="the graph"></svg><aside></aside></div>
<script type="application/json" id="graph-data">${new Html(data)}</script></div>`;
  return { content, style: viewerStyle, script: `${dagre()}\n${viewerScript}` };
}

/** The layout library as its package brings it for pages. */
function dagre(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('@dagrejs/dagre/package.json'));
  return readFileSync(join(folder, 'dist', 'dagre.min.js'), 'utf8').replace(/\n\/\/# sourceMappingURL=.*/, '');
}
