/** What every page looks like: light or dark as the reader has it, and readable on a phone. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2126; --soft: #5c6670; --line: #d5dae0; --ground: #fff; --panel: #f5f7f9;
  --good: #1a7f4b; --bad: #c0362c; --open: #a06a00; --gone: #5a5f9e; --strong: #2563b8;
  --line1: #0b69b7; --line2: #d1560b; --line3: #07875f; --line4: #a8327a; --line5: #8a6a00; --line6: #1f9bc9; --line7: #6a45c0; --line8: #5f6770; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #9aa5b0; --line: #38414a; --ground: #14181c;
  --panel: #1d2329; --good: #4fc387; --bad: #ff7b6e; --open: #e0a93b; --gone: #a3a8ea; --strong: #4f93e6;
  --line1: #58a9f0; --line2: #ff9150; --line3: #3fcf9f; --line4: #ee8ac4; --line5: #e2c044; --line6: #7fd8fb; --line7: #b49bff; --line8: #b3bcc5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 24px; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
@media (max-width: 600px) { body { padding: 16px; } }
h1 { font-size: 24px; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 18px; margin: 36px 0 12px; } h3 { font-size: 15px; margin: 20px 0 8px; }
a { color: var(--strong); }
code, pre { font: 13px/1.45 ui-monospace, Menlo, Consolas, monospace; }
pre { margin: 0; padding: 12px; overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; white-space: pre; }
.note, small, .facts { color: var(--soft); } .facts { overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 14px 0; font-size: 14px; }
.tiles { display: flex; flex-wrap: wrap; gap: 10px; margin: 18px 0; }
.tile { flex: 1 1 130px; padding: 10px 14px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.tile b { display: block; font-size: 24px; font-variant-numeric: tabular-nums; }
.good { color: var(--good); } .bad { color: var(--bad); }
figure { margin: 0; } figcaption { font-size: 13px; margin-top: 4px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: 5px 8px; border-bottom: 1px solid var(--line); } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
th { position: sticky; top: 0; background: var(--ground); } table.measured th, table.measured td { white-space: nowrap; }
.plots, .pictures { margin: 16px 0; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 24px; }
.plot > h3 { margin: 0 0 4px; } .plot svg { display: block; width: 100%; height: auto; } .plot svg text { font-family: system-ui, sans-serif !important; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 4px 0 0; padding: 0; font-size: 13px; list-style: none; }
.legend svg { display: inline-block; width: 26px; height: 10px; margin-right: 5px; vertical-align: baseline; }
.pictures { display: flex; flex-wrap: wrap; gap: 18px; } .pictures figure { max-width: 100%; } .pictures img { display: block; max-width: 100%; height: auto; image-rendering: pixelated; border-radius: 4px; background: #fff; }
.pictures figcaption { width: 0; min-width: 100%; }
table.confusion { width: auto; } table.confusion td { white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; border: 1px solid var(--line); min-width: 4.5em; }
table.confusion td.right { font-weight: 600; } table.confusion th { position: static; white-space: nowrap; }
`;
