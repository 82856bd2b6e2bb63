/** What a fuzz report has besides every page's style. */
export const fuzzStyle = `
h3 { margin: 0; display: inline; }
pre.told { white-space: pre-wrap; overflow-wrap: anywhere; }
.proved { color: var(--good); } .refuted { color: var(--bad); } .inconclusive { color: var(--open); } .missing { color: var(--gone); }
.verdict { padding: 2px 8px; border: 1px solid currentColor; border-radius: 99px; font-size: 12px; font-weight: 600; }
details.finding { border: 1px solid var(--line); border-radius: 8px; margin: 12px 0; }
details.finding > summary { padding: 12px 14px; cursor: pointer; }
details.finding > div { padding: 0 14px 14px; }
.maps { display: flex; flex-wrap: wrap; gap: 18px; margin-top: 14px; }
svg text { font: 10px system-ui, sans-serif; text-anchor: middle; dominant-baseline: central; }
.maps rect { stroke: #8888; stroke-width: .5; } .maps rect.inside { fill: none; stroke: #222; stroke-width: 1.5; stroke-dasharray: 4 3; }
.region { padding: 1px 8px; border-radius: 99px; border: 1px solid var(--line); } .region.bad { color: var(--bad); border-color: currentColor; font-weight: 600; }
.taylor { margin-top: 16px; } .taylor .axis { fill: none; stroke: var(--soft); } .taylor .tick { fill: var(--soft); } .taylor .left { text-anchor: end; }
.taylor .ideal { stroke: var(--soft); stroke-dasharray: 5 4; } .taylor .measured { fill: none; stroke: #3b7dd8; stroke-width: 1.5; } .taylor circle { fill: #3b7dd8; }
.code { position: relative; margin-top: 12px; } .code > span { font-size: 13px; font-weight: 600; }
button.copy { position: absolute; right: 6px; top: 27px; font: 12px system-ui, sans-serif; padding: 3px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--ink); cursor: pointer; }
td.words { color: var(--soft); } td.words b { color: var(--ink); font-weight: 500; }
`;
