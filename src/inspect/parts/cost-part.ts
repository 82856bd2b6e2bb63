import { costOf, type ScopeCost, separableAlternatives } from '../../analysis/index.ts';
import { type Graph, nodesById } from '../../graph/graph.ts';
import { isInput } from '../../graph/input.ts';
import { type ConvAttributes, convOp } from '../../ops/window/conv.ts';
import { barChart, type Html, plots, scatterPlot, type Table } from '../../report/index.ts';
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
    const separable = separableTable(graph);
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
        ...(separable.rows.length === 0 ? [] : [separable]),
      ],
      figures: [plots(await charts(leaves(exact.total)))],
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

/** What a scope does, those within it too where it is deep enough. */
interface Leaf {
  readonly path: string;
  readonly macs: number;
  readonly flops: number;
  readonly moved: number;
}

/** The scopes of the table that hold no others of it, and what stands beside them. */
function leaves(scope: ScopeCost, depth = 0): Leaf[] {
  const moved = scope.read + scope.written;
  if (depth === deepest || scope.scopes.length === 0) return [{ ...scope, moved }];
  const sum = (of: (node: ScopeCost['nodes'][number]) => number): number =>
    scope.nodes.reduce((total, node) => total + of(node), 0);
  const beside = {
    path: scope.path,
    macs: sum(({ macs }) => macs),
    flops: sum(({ flops }) => flops),
    moved: sum(({ read, written }) => read + written),
  };
  const inner = scope.scopes.flatMap((one) => leaves(one, depth + 1));
  return scope.nodes.length === 0 ? inner : [beside, ...inner];
}

const most = 10;

async function charts(all: readonly Leaf[]): Promise<readonly Html[]> {
  const largest = (of: (leaf: Leaf) => number): readonly Leaf[] =>
    all
      .filter((leaf) => of(leaf) > 0)
      .toSorted((a, b) => of(b) - of(a))
      .slice(0, most);
  const nameOf = namesOf(all);
  const bars = (title: string, x: string, of: (leaf: Leaf) => number): Promise<Html> =>
    barChart({ title, x, bars: largest(of).map((leaf) => ({ name: nameOf(leaf), value: of(leaf) })) });
  return Promise.all([
    bars('Where the multiply-adds are', 'million multiply-adds', ({ macs }) => macs / 1e6),
    bars('Where bytes are moved', 'MB', ({ moved }) => moved / 2 ** 20),
    scatterPlot({
      title: 'Work and traffic',
      x: 'bytes moved',
      y: 'FLOPs per byte',
      logarithmicX: true,
      logarithmicY: true,
      points: largest(({ flops }) => flops).map((leaf) => ({
        name: nameOf(leaf),
        x: leaf.moved,
        y: leaf.flops / leaf.moved,
      })),
    }),
  ]);
}

/** Paths without the part that all have in common: there is little room beside a bar. */
function namesOf(all: readonly Leaf[]): (leaf: Leaf) => string {
  const firsts = new Set(all.flatMap(({ path }) => (path === '' ? [] : [path.split('/')[0]!])));
  return ({ path }) => {
    const parts = path.split('/');
    return (firsts.size === 1 ? parts.slice(1) : parts).join('/') || path || 'outside scopes';
  };
}

/** What each convolution would come to as a depthwise and a pointwise one (operators.md 63, 65); alike ones once. */
function separableTable(graph: Graph): Table {
  const byId = nodesById(graph);
  const rows = new Map<string, (string | number)[]>();
  for (const node of graph.nodes) {
    if (node.op !== convOp || node.type.shape.length !== 4) continue;
    // Weights that are computed belong to gradients.
    if (!isInput(byId.get(node.inputs.w!)!)) continue;
    const [outputs, channels, kernel, across] = byId.get(node.inputs.w!)!.type.shape as [
      number,
      number,
      number,
      number,
    ];
    const { axes, groups } = node.attributes as ConvAttributes;
    const plain = axes.every(({ stride, xDilation }) => stride === 1 && xDilation === 1);
    if (!plain || groups !== 1 || kernel !== across || kernel % 2 === 0 || kernel === 1) continue;
    const [, , height, width] = node.type.shape as [number, number, number, number];
    const key = [channels, outputs, kernel, height, width].join();
    if (rows.has(key) || rows.size >= most) continue;
    const { dense, sparse, parameterRatio, macRatio } = separableAlternatives({
      channels,
      outputs,
      kernel,
      height,
      width,
    });
    rows.set(key, [
      `${kernel}×${kernel}, ${channels} → ${outputs} on ${height}×${width}`,
      dense.total.parameters.count,
      sparse.total.parameters.count,
      parameterRatio,
      dense.total.macs,
      sparse.total.macs,
      macRatio,
    ]);
  }
  const head = ['convolution', 'parameters', 'separable', 'times fewer', 'multiply-adds', 'separable', 'times fewer'];
  return { title: 'Depthwise-separable in place of full convolutions', head, rows: [...rows.values()] };
}
