import { edges } from '../../test/ops/edges/index.ts';

/** What happens at the edges, as tests hold it: a chapter with a table per family. */
export function edgesChapter(): string {
  const tables = Object.entries(edges).map(([family, rows]) =>
    [
      `### Edges: ${family}`,
      '',
      '| Operator | Where | Result |',
      '|---|---|---|',
      ...rows.map(({ of, edge, gives }) => `| ${of} | ${edge} | ${resultOf(gives)} |`),
    ].join('\n'),
  );
  return [
    '## Edges',
    '',
    'Zero sizes and size 1, windows wholly in padding, strides larger than windows, holes, shared positions, whole coordinates',
    'and borders, negative padding. `d_x` is the gradient of y₀ + 2·y₁ + 3·y₂ + … by x. A refusal names the error. Inputs are in',
    '[test/ops/edges](../test/ops/edges).',
    '',
    tables.join('\n\n'),
  ].join('\n');
}

function resultOf(gives: string): string {
  const code = /^refused: (.*)$/.exec(gives)?.[1];
  return code === undefined ? `\`${gives}\`` : `refused: [\`${code}\`](errors.md#${code.replaceAll('/', '-')})`;
}
