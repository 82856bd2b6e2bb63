/** The report’s style: light or dark as the reader has it. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2126; --soft: #5c6670; --line: #d5dae0; --ground: #fff; --panel: #f5f7f9;
  --good: #1a7f4b; --bad: #c0362c; --open: #a06a00; --gone: #5a5f9e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #9aa5b0; --line: #38414a; --ground: #14181c;
  --panel: #1d2329; --good: #4fc387; --bad: #ff7b6e; --open: #e0a93b; --gone: #a3a8ea; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 24px; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 24px; margin: 0; } h2 { font-size: 18px; margin: 36px 0 12px; } h3 { font-size: 15px; margin: 0; display: inline; }
code, pre { font: 13px/1.45 ui-monospace, Menlo, Consolas, monospace; }
pre { margin: 0; padding: 12px; overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; white-space: pre; }
pre.told { white-space: pre-wrap; overflow-wrap: anywhere; }
.note, small, .facts { color: var(--soft); }
.tiles { display: flex; flex-wrap: wrap; gap: 10px; margin: 18px 0; }
.tile { flex: 1 1 130px; padding: 10px 14px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.tile b { display: block; font-size: 24px; font-variant-numeric: tabular-nums; }
.proved { color: var(--good); } .refuted { color: var(--bad); } .inconclusive { color: var(--open); } .missing { color: var(--gone); }
.verdict { padding: 2px 8px; border: 1px solid currentColor; border-radius: 99px; font-size: 12px; font-weight: 600; }
details.finding { border: 1px solid var(--line); border-radius: 8px; margin: 12px 0; }
details.finding > summary { padding: 12px 14px; cursor: pointer; }
details.finding > div { padding: 0 14px 14px; }
.maps { display: flex; flex-wrap: wrap; gap: 18px; margin-top: 14px; }
figure { margin: 0; } figcaption { font-size: 13px; margin-top: 4px; }
svg text { font: 10px system-ui, sans-serif; text-anchor: middle; dominant-baseline: central; }
.maps rect { stroke: #8888; stroke-width: .5; } .maps rect.inside { fill: none; stroke: #222; stroke-width: 1.5; stroke-dasharray: 4 3; }
.region { padding: 1px 8px; border-radius: 99px; border: 1px solid var(--line); } .region.bad { color: var(--bad); border-color: currentColor; font-weight: 600; }
.taylor { margin-top: 16px; } .taylor .axis { fill: none; stroke: var(--soft); } .taylor .tick { fill: var(--soft); } .taylor .left { text-anchor: end; }
.taylor .ideal { stroke: var(--soft); stroke-dasharray: 5 4; } .taylor .measured { fill: none; stroke: #3b7dd8; stroke-width: 1.5; } .taylor circle { fill: #3b7dd8; }
.code { position: relative; margin-top: 12px; } .code > span { font-size: 13px; font-weight: 600; }
button.copy { position: absolute; right: 6px; top: 27px; font: 12px system-ui, sans-serif; padding: 3px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--ink); cursor: pointer; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: 5px 8px; border-bottom: 1px solid var(--line); } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
th { position: sticky; top: 0; background: var(--ground); } td.words { color: var(--soft); } td.words b { color: var(--ink); font-weight: 500; }
`;

/** Copies a snippet; where a page from a file may not, the text is selected. */
export const pageScript = `
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button.copy');
  if (!button) return;
  const code = button.parentElement.querySelector('pre');
  try { await navigator.clipboard.writeText(code.textContent); button.textContent = 'copied'; }
  catch { getSelection().selectAllChildren(code); button.textContent = document.execCommand('copy') ? 'copied' : 'selected'; }
  setTimeout(() => { button.textContent = 'copy'; }, 1500);
});
`;
