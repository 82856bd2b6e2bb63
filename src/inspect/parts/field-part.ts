import { type AxisField, type Fraction, receptiveField } from '../../analysis/index.ts';
import type { Graph } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import type { Finding, Part } from '../part.ts';
import type { Subject } from '../subject.ts';

/** What every output reads of every fed input (operators.md 49, 51, 52). */
export const fieldPart: Part = {
  name: 'rf',
  summary: 'receptive field: size, jump, start, holes, of every output in every input',
  look: async ({ graph }: Subject): Promise<Finding> => ({
    title: 'Receptive field',
    note: 'What one element of an output reads of an input: from the first element to the last, as if the input had no end; how far that moves from one output to the next; where output 0 begins (negative: in the padding); and how many elements in between are read by no path.',
    tables: [
      {
        title: '',
        head: ['output', 'input', 'axis', 'size', 'jump', 'start', 'holes'],
        rows: [...pairsOf(graph)].flatMap(([output, input]) =>
          receptiveField(graph, { output, input })
            .map((field, axis) => [output, input, axis, ...cells(field)])
            .filter((_, axis, all) => all.length <= 2 || axis >= 2),
        ),
      },
    ],
    figures: [],
  }),
};

function cells({ size, smallest, jump, start, holes, whole }: AxisField): (string | number)[] {
  if (whole) return ['whole', '–', '–', 0];
  return [
    smallest === size ? size : `${smallest} to ${size}`,
    jump === undefined ? 'differs' : text(jump),
    start,
    holes,
  ];
}

const text = ([n, d]: Fraction): string => (d === 1 ? `${n}` : `${n}/${d}`);

function* pairsOf(graph: Graph): Generator<[output: string, input: string]> {
  for (const output of Object.keys(graph.outputs))
    for (const node of graph.nodes)
      if (isInput(node) && inputAttributes(node).role === 'input') yield [output, inputAttributes(node).name];
}
