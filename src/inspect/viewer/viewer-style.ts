/** The look of the graph viewer, in the page's own colours. */
export const viewerStyle = `
.viewer { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--panel); }
.viewer .bar { display: flex; flex-wrap: wrap; gap: 6px; padding: 8px; border-bottom: 1px solid var(--line); align-items: center; }
.viewer .bar button, .viewer .bar input[type=search] { font: inherit; font-size: 13px; padding: 4px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--ink); }
.viewer .bar input[type=search] { flex: 1 1 140px; min-width: 0; } .viewer .bar label { font-size: 13px; display: flex; gap: 4px; align-items: center; }
.viewer .stage { position: relative; display: flex; height: 620px; } .viewer svg { flex: 1 1 auto; min-width: 0; height: 100%; touch-action: none; cursor: grab; background: var(--ground); }
.viewer svg text { font: 12px system-ui, sans-serif; fill: var(--ink); text-anchor: middle; dominant-baseline: central; pointer-events: none; }
.viewer svg text.small { font-size: 10px; fill: var(--soft); } .viewer g.item, .viewer g.scope { cursor: pointer; }
.viewer g.item rect { fill: var(--ground); stroke: var(--soft); stroke-width: 1; } .viewer g.fold rect { fill: var(--panel); stroke: var(--strong); stroke-width: 1.5; }
.viewer g.input rect { fill: #3b7dd833; } .viewer g.parameter rect, .viewer g.state rect { fill: #e0a93b33; } .viewer g.constant rect { stroke-dasharray: 3 3; } .viewer g.output rect { fill: #3fae6a33; }
.viewer g.scope > rect { fill: #8890a012; stroke: var(--line); } .viewer g.scope > text { text-anchor: start; font-weight: 600; fill: var(--soft); }
.viewer path.edge { fill: none; stroke: var(--soft); stroke-width: 1.2; opacity: .75; } .viewer g.chosen rect { stroke: var(--bad); stroke-width: 2.5; } .viewer g.found rect { stroke: var(--good); stroke-width: 2.5; }
.viewer path.edge.chosen { stroke: var(--bad); opacity: 1; stroke-width: 2; } .viewer g:focus-visible { outline: none; } .viewer g:focus-visible rect { stroke: var(--strong); stroke-width: 2.5; }
.viewer aside { flex: 0 0 320px; overflow: auto; padding: 12px; border-left: 1px solid var(--line); font-size: 13px; background: var(--panel); } .viewer aside:empty { display: none; }
.viewer aside h4 { margin: 0 0 6px; font-size: 15px; overflow-wrap: anywhere; } .viewer aside dl { margin: 0 0 10px; display: grid; grid-template-columns: auto 1fr; gap: 2px 10px; } .viewer aside dt { color: var(--soft); } .viewer aside dd { margin: 0; overflow-wrap: anywhere; }
.viewer aside pre { font-size: 11px; white-space: pre-wrap; overflow-wrap: anywhere; } .viewer .said { font-size: 12px; color: var(--soft); margin-left: auto; }
@media (max-width: 700px) { .viewer .stage { flex-direction: column; height: auto; } .viewer svg { height: 420px; flex: none; width: 100%; } .viewer aside { flex: none; border-left: 0; border-top: 1px solid var(--line); max-height: 320px; } }
`;
