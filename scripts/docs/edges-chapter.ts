import { edges } from '../../test/ops/edges/index.ts';
import { type Agreement, specialNumbers } from '../../test/ops/edges/special-numbers.ts';

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
    '',
    '### Edges: special numbers',
    '',
    'NaN, infinities, subnormal, huge and tiny numbers and zeros of either sign go through every operator and its gradients as',
    'the definition in its record says, on every backend: to the bit, or within a few units in the last place for functions that',
    'are no polynomials. These may differ:',
    '',
    '| Operators | May differ in |',
    '|---|---|',
    ...Object.entries(agreements).map(([agreement, text]) => `| ${operatorsOf(agreement)} | ${text} |`),
  ].join('\n');
}

const agreements: { readonly [A in Agreement]: string } = {
  sums: 'the signs of zeros, and the last bits of subnormal results',
  reordered:
    'the same; and where sums overflow or cancel on the way, or padding meets weights that are not finite, a result may be ' +
    'rounded otherwise, or NaN or infinite that is finite by definition; no NaN and no infinity is lost',
  refused: 'nothing: it refuses what is out of its range, NaN included, with `value/range`',
};

const operatorsOf = (agreement: string): string =>
  Object.entries(specialNumbers)
    .filter(([, own]) => own === agreement)
    .map(([op]) => `\`${op}\``)
    .join(', ');

function resultOf(gives: string): string {
  const code = /^refused: (.*)$/.exec(gives)?.[1];
  return code === undefined ? `\`${gives}\`` : `refused: [\`${code}\`](errors.md#${code.replaceAll('/', '-')})`;
}
