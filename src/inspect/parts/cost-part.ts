import { costOf, type ScopeCost } from '../../analysis/index.ts';
import { barChart } from '../../report/index.ts';
import type { Finding, Part } from '../part.ts';
import type { Subject } from '../subject.ts';

/** Deeper scopes are counted with the ones around them. */
const deepest = 3;

/** Multiply-adds, FLOPs, bytes and parameters, scope by scope (operators.md 62–66). */
export const costPart: Part = {
  name: 'cost',
  summary: 'multiply-adds, FLOPs, bytes moved, parameters, by scope',
  look: async ({ graph }: Subject): Promise<Finding> => {
    const exact = costOf(graph);
    const seed = costOf(graph, { convention: 'seed' });
    const formula = costOf(graph, { convention: 'formula' });
    const rows: (string | number)[][] = [];
    walk(exact.total, 0, rows);
    const largest = leaves(exact.total)
      .toSorted((a, b) => b.macs - a.macs)
      .slice(0, 12);
    const conventions = { exact, formula, 'the notes’': seed };
    return {
      title: 'Cost',
      note: 'Multiply-adds that the definitions carry out, none of them on padding; a FLOP is an addition or a multiplication. Bytes count every operand and result once, as if nothing were fused; intensity is FLOPs per byte.',
      tables: [
        {
          title: 'By scope',
          head: ['scope', 'multiply-adds', 'FLOPs', 'bytes moved', 'intensity', 'parameters', 'their bytes'],
          rows,
        },
        {
          title: 'By convention',
          head: ['convention', 'multiply-adds', 'FLOPs'],
          rows: Object.entries(conventions).map(([name, { total }]) => [name, total.macs, total.flops]),
        },
      ],
      figures:
        largest.length === 0
          ? []
          : [
              await barChart({
                title: 'Where the multiply-adds are',
                x: 'multiply-adds',
                bars: largest.map(({ path, macs }) => ({ name: path === '' ? 'outside scopes' : path, value: macs })),
              }),
            ],
    };
  },
};

function walk(scope: ScopeCost, depth: number, rows: (string | number)[][]): void {
  const { name, macs, flops, read, written, intensity, parameters } = scope;
  rows.push([
    depth === 0 ? 'whole graph' : `${'· '.repeat(depth)}${name}`,
    macs,
    flops,
    read + written,
    intensity,
    parameters.count,
    parameters.bytes,
  ]);
  if (depth < deepest) for (const inner of scope.scopes) walk(inner, depth + 1, rows);
}

/** The innermost scopes, and what stands beside them. */
const leaves = (scope: ScopeCost): { path: string; macs: number }[] => {
  const own = scope.nodes.reduce((sum, { macs }) => sum + macs, 0);
  const inner = scope.scopes.flatMap(leaves);
  return own === 0 ? inner : [{ path: scope.path, macs: own }, ...inner];
};
