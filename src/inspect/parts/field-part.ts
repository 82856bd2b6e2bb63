import { type AxisField, type Fraction, griddingAdvice, receptiveField } from '../../analysis/index.ts';
import type { Graph } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import type { Table } from '../../report/index.ts';
import type { Finding, Part } from '../part.ts';
import type { Subject } from '../subject.ts';
import { arePlanes, fieldPictures } from './field-pictures.ts';

/** So many pairs of outputs and inputs are drawn. */
const mostPictures = 2;

/** What every output reads of every fed input (operators.md 49, 51, 52). */
export const fieldPart: Part = {
  name: 'rf',
  summary: 'receptive field: size, jump, start, holes, of every output in every input',
  look: async ({ graph }: Subject): Promise<Finding> => ({
    title: 'Receptive field',
    note: 'What one element of an output reads of an input: from the first element to the last, as if the input had no end; how far that moves from one output to the next; where output 0 begins (negative: in the padding); and how many elements in between are read by no path.',
    tables: [
      {
        title: 'By output and axis',
        head: ['output', 'input', 'axis', 'size', 'jump', 'start', 'holes'],
        rows: [...pairsOf(graph)].flatMap(([output, input]) =>
          receptiveField(graph, { output, input })
            .map((field, axis) => [output, input, axis, ...cells(field)])
            .filter((_, axis, all) => all.length <= 2 || axis >= 2),
        ),
      },
      ...advice(graph),
    ],
    figures: [...pairsOf(graph)]
      .filter(([output, input]) => arePlanes(graph, output, input))
      .slice(0, mostPictures)
      .map(([output, input]) => fieldPictures(graph, output, input)),
  }),
};

/** Dilations that leave no holes, where some do (operators.md 58). */
function advice(graph: Graph): readonly Table[] {
  const rows = [...pairsOf(graph)].flatMap(([output, input]) =>
    griddingAdvice(graph, { output, input }).flatMap(({ axis, holes, dilations, left }) =>
      dilations.map(({ id, scope = '', taps, dilation, advised }) => [
        `${output} in ${input}`,
        axis,
        holes,
        id,
        scope,
        taps,
        dilation,
        advised,
        left,
      ]),
    ),
  );
  const head = ['field', 'axis', 'holes', 'node', 'scope', 'taps', 'dilation', 'advised', 'holes then'];
  return rows.length === 0 ? [] : [{ title: 'Dilations that leave no holes', head, rows }];
}

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

/** Outputs and what is fed; gradients by parameters, which read everything, only if there is nothing else. */
function* pairsOf(graph: Graph): Generator<[output: string, input: string]> {
  const outputs = Object.keys(graph.outputs);
  const own = outputs.filter((output) => !Object.hasOwn(graph.inputs, output));
  for (const output of own.length === 0 ? outputs : own)
    for (const node of graph.nodes)
      if (isInput(node) && inputAttributes(node).role === 'input') yield [output, inputAttributes(node).name];
}
