import { checkerboardIn, coverageOf } from '../../analysis/index.ts';
import type { Node } from '../../graph/graph.ts';
import { isInput } from '../../graph/input.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import { type ConvAttributes, convOp } from '../../ops/window/conv.ts';
import { heatMap, heatMaps } from '../heat-map.ts';
import type { Finding, Part } from '../part.ts';
import type { Subject } from '../subject.ts';
import { cures, type Enlarger, rounded } from './cure-pictures.ts';

/** So many nodes and so many kinds of transposed convolutions are drawn. */
const mostPictures = 6;
const mostCures = 3;

/** What enlarges planes, and how evenly it writes (operators.md 39). */
export const checkerboardPart: Part = {
  name: 'checkerboard',
  summary: 'how evenly what enlarges planes writes its results',
  look: async ({ graph }: Subject): Promise<Finding> => {
    const byId = new Map(graph.nodes.map((node) => [node.id, node]));
    const found = graph.nodes.flatMap((node) => {
      const period = enlarged(node, byId);
      const coverage = period && coverageWhere(graph, node, period);
      return coverage === undefined ? [] : [{ node, period: period!, coverage }];
    });
    const cured = enlargersOf(
      found.map(({ node }) => node),
      byId,
    ).map(cures);
    const rows = found.map(({ node, period, coverage }) => {
      const { score, unevenness, holes } = checkerboardIn(coverage, period);
      const verdict = holes > 0 ? 'holes' : unevenness > 1.001 ? 'uneven' : 'even';
      return [
        node.id,
        node.op.name,
        node.scope ?? '',
        period.join('×'),
        rounded(unevenness),
        holes,
        rounded(score),
        verdict,
      ];
    });
    return {
      title: 'Checkerboards',
      note: 'Of every node that enlarges planes: how much more the most-written position of a period gets than the least, positions that are never written, and the share of the pattern in the power. Even coverage is the beginning: weights can still learn a pattern, which the compare command measures on trained nets.',
      tables: [
        {
          title: rows.length === 0 ? 'Nothing enlarges planes here' : '',
          head: ['node', 'operator', 'scope', 'period', 'unevenness', 'holes', 'score', ''],
          rows,
        },
        ...cured.map(({ table }) => table),
      ],
      figures: [
        heatMaps(
          found.slice(0, mostPictures).map(({ node, period, coverage }) =>
            heatMap({
              title: `${node.id} ${node.op.name}`,
              caption: `How often ${node.scope ?? 'it'} writes each element, a few periods of ${period.join('×')} in the middle.`,
              ...fewPeriods(coverage, period),
            }),
          ),
        ),
        ...cured.map(({ figure }) => figure),
      ],
    };
  },
};

/** The kinds of transposed convolutions among nodes. */
function enlargersOf(nodes: readonly Node[], byId: ReadonlyMap<string, Node>): readonly Enlarger[] {
  const kinds = new Map<string, Enlarger>();
  for (const node of nodes) {
    if (node.op !== convOp) continue;
    const { axes } = node.attributes as ConvAttributes;
    const stride = axes.map(({ xDilation }) => xDilation);
    const kernel = byId.get(node.inputs.w!)!.type.shape.slice(2);
    const fits = stride.length === 2 && axes.every(({ wDilation, stride }) => wDilation === 1 && stride === 1);
    if (fits && stride.some((s) => s > 1))
      kinds.set([kernel, stride].join(), { kernel: kernel as [number, number], stride: stride as [number, number] });
  }
  return [...kinds.values()].slice(0, mostCures);
}

/** A few periods from the middle of the first plane: so many that single elements can be seen. */
function fewPeriods(
  { data, shape }: NdArray,
  period: readonly [number, number],
): { readonly rows: number; readonly columns: number; readonly values: readonly number[] } {
  const [height, width] = [shape.at(-2)!, shape.at(-1)!];
  const [rows, columns] = [Math.min(height, 6 * period[0]), Math.min(width, 6 * period[1])];
  const [top, left] = [Math.floor((height - rows) / 2), Math.floor((width - columns) / 2)];
  const values = Array.from(
    { length: rows * columns },
    (_, i) => data[(top + Math.floor(i / columns)) * width + left + (i % columns)]!,
  );
  return { rows, columns, values };
}

/** By what a node enlarges the last two axes of what it reads; undefined where it does not, by whole factors. */
function enlarged(node: Node, byId: ReadonlyMap<string, Node>): [number, number] | undefined {
  if (isInput(node) || node.type.shape.length < 3) return undefined;
  const data = node.inputs.x;
  if (data === undefined) return undefined;
  const [before, after] = [byId.get(data)!.type.shape, node.type.shape];
  // What only turns axes around enlarges nothing.
  if (before.length !== after.length || sizeOf(before) >= sizeOf(after)) return undefined;
  const factors = [-2, -1].map((at) => Math.round(after.at(at)! / before.at(at)!)) as [number, number];
  return factors.every((factor) => factor >= 1) && factors.some((factor) => factor > 1) ? factors : undefined;
}

/** How often a node writes each element; undefined where planes are too small to tell a period, or the node is not linear. */
function coverageWhere(
  graph: Subject['graph'],
  node: Node,
  [rows, columns]: readonly [number, number],
): ReturnType<typeof coverageOf> | undefined {
  const linear = Object.keys(node.inputs).every((key) => node.op.degree[key] === 1);
  const [height, width] = [node.type.shape.at(-2)!, node.type.shape.at(-1)!];
  if (!linear || height < 3 * rows || width < 3 * columns) return undefined;
  return coverageOf(graph, node.id);
}
