import { aliasingOf, antialiasTable, shiftConsistency } from '../../analysis/index.ts';
import type { FloatDType } from '../../graph/dtype.ts';
import type { Graph } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { array } from '../../graph/nd-array.ts';
import type { Shape } from '../../graph/shape.ts';
import { f64, type Type } from '../../graph/type.ts';
import { randomStream } from '../../nn/index.ts';
import { linePlot, plots, type Table } from '../../report/index.ts';
import type { Finding, Part } from '../part.ts';
import type { Subject } from '../subject.ts';
import { valuesOf } from '../values-of.ts';
import { foldingPictures } from './folding-pictures.ts';

const furthest = 16;

/** What making planes smaller does to fine detail, and how much the outputs change when the image moves (operators.md 3, 28, 29). */
export const aliasPart: Part = {
  name: 'alias',
  summary: 'aliasing of what makes planes smaller, and how consistent the graph is under shifts',
  look: async (subject: Subject): Promise<Finding> => {
    const values = valuesOf(subject);
    const found = aliasingOf(subject.graph, values);
    const factor = Math.max(2, ...found.flatMap(({ factor }) => factor));
    const shifts = shiftTable(subject, values);
    return {
      title: 'Aliasing',
      note: 'Of every node that makes planes smaller: the share of white noise in its result that was too fine for it and now poses as something else, beside what dropping pixels without a filter would give. Maxima are not linear; shifting the image shows what they do.',
      tables: [
        {
          title: found.length === 0 ? 'Nothing makes planes smaller here' : 'By node',
          head: ['node', 'operator', 'scope', 'factor', 'aliased', 'without a filter'],
          rows: found.map(({ id, op, scope = '', factor, aliased, unfiltered }) => [
            id,
            op,
            scope,
            factor.join('×'),
            aliased === undefined ? 'not linear' : aliased,
            unfiltered,
          ]),
        },
        ...(shifts === undefined ? [] : [shifts]),
        {
          title: `Gaussians before a factor of ${factor}`,
          head: ['rule', 'σ', 'left at the limit', 'dB', 'aliased', 'blurred'],
          rows: antialiasTable(factor).map((row) => [
            row.rule,
            row.sigma,
            row.atLimit,
            row.decibels,
            row.aliased,
            row.blurred,
          ]),
        },
      ],
      figures: [...(await foldingPictures(found)), ...(shifts === undefined ? [] : [plots([await plotOf(shifts)])])],
    };
  },
};

/** How much the first output changes with the image's shift; undefined for graphs that are fed anything but one image. */
function shiftTable({ graph }: Subject, values: ReturnType<typeof valuesOf>): Table | undefined {
  const type = onlyImage(graph);
  const [output, id] = Object.entries(graph.outputs)[0] ?? [];
  const result = graph.nodes.find((node) => node.id === id)?.type.shape;
  if (type === undefined || output === undefined || result?.length !== 4 || result[3]! < 4) return undefined;
  const [, channels = 1, height = 1, width = 1] = type.shape;
  const image = array(f64(channels, height, width + furthest));
  const { uniform } = randomStream(0, 'shifted image');
  for (let i = 0; i < image.data.length; i++) image.data[i] = uniform();
  const name = graph.nodes
    .flatMap((node) => (isInput(node) ? [inputAttributes(node)] : []))
    .find(({ role }) => role === 'input')!.name;
  const shifts = Array.from({ length: furthest + 1 }, (_, k) => k);
  const rows = shiftConsistency((x) => x.graph.inline(graph, { [name]: x })[output]!, { type, image, shifts, values });
  return {
    title: `Shift consistency of ${output}, on noise`,
    head: ['shift', 'largest difference', 'relative'],
    rows: rows.map(({ shift, largest, relative }) => [shift, largest, relative]),
  };
}

function onlyImage(graph: Graph): Type<Shape, FloatDType> | undefined {
  const fed = graph.nodes.filter((node) => isInput(node) && inputAttributes(node).role === 'input');
  const type = fed[0]?.type;
  if (fed.length !== 1 || type === undefined || type.shape.length !== 4 || type.shape[0] !== 1) return undefined;
  return type.dtype === 'f32' || type.dtype === 'f64' ? { dtype: type.dtype, shape: type.shape } : undefined;
}

const plotOf = ({ title, rows }: Table) =>
  linePlot({
    title,
    x: 'shift in pixels',
    y: 'relative difference',
    lines: [
      { name: 'relative difference', points: rows.map(([shift, , relative]) => [Number(shift), Number(relative)]) },
    ],
  });
