import { checkerboardIn, coverageOf } from '../../analysis/index.ts';
import type { Node } from '../../graph/graph.ts';
import { isInput } from '../../graph/input.ts';
import type { Finding, Part } from '../part.ts';
import type { Subject } from '../subject.ts';

/** What enlarges planes, and how evenly it writes (operators.md 39). */
export const checkerboardPart: Part = {
  name: 'checkerboard',
  summary: 'how evenly what enlarges planes writes its results',
  look: async ({ graph }: Subject): Promise<Finding> => {
    const byId = new Map(graph.nodes.map((node) => [node.id, node]));
    const rows = graph.nodes.flatMap((node) => {
      const period = enlarged(node, byId);
      if (period === undefined) return [];
      const coverage = middleOf(coverageOf, graph, node, period);
      if (coverage === undefined) return [];
      const { score, unevenness, holes } = checkerboardIn(coverage, period);
      const verdict = holes > 0 ? 'holes' : unevenness > 1.001 ? 'uneven' : 'even';
      return [[node.id, node.op.name, node.scope ?? '', period.join('×'), unevenness, holes, score, verdict]];
    });
    return {
      title: 'Checkerboards',
      note: 'Of every node that enlarges planes: how much more the most-written position of a period gets than the least, positions that are never written, and the share of the pattern in the power. Even coverage is the beginning: weights can still learn a pattern; `cotangent compare` measures trained nets.',
      tables: [
        {
          title: rows.length === 0 ? 'Nothing enlarges planes here' : '',
          head: ['node', 'operator', 'scope', 'period', 'unevenness', 'holes', 'score', ''],
          rows,
        },
      ],
      figures: [],
    };
  },
};

/** By what a node enlarges the last two axes of what it reads; undefined where it does not, by whole factors. */
function enlarged(node: Node, byId: ReadonlyMap<string, Node>): [number, number] | undefined {
  if (isInput(node) || node.type.shape.length < 3) return undefined;
  const data = node.inputs.x;
  if (data === undefined) return undefined;
  const [before, after] = [byId.get(data)!.type.shape, node.type.shape];
  if (before.length !== after.length) return undefined;
  const factors = [-2, -1].map((at) => Math.round(after.at(at)! / before.at(at)!)) as [number, number];
  return factors.every((factor) => factor >= 1) && factors.some((factor) => factor > 1) ? factors : undefined;
}

/** The coverage without its borders, where fewer stamps fall; undefined where it is too small, or not to be had. */
function middleOf(
  of: typeof coverageOf,
  graph: Subject['graph'],
  node: Node,
  [rows, columns]: readonly [number, number],
): ReturnType<typeof coverageOf> | undefined {
  const linear = Object.keys(node.inputs).every((key) => node.op.degree[key] === 1);
  const [height, width] = [node.type.shape.at(-2)!, node.type.shape.at(-1)!];
  if (!linear || height < 3 * rows || width < 3 * columns) return undefined;
  return of(graph, node.id);
}
