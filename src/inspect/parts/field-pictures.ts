import { effectiveReceptiveField, fieldOf, pathCounts } from '../../analysis/index.ts';
import { wasmWith } from '../../backends/index.ts';
import { isFloat } from '../../graph/dtype.ts';
import { type Graph, nodesById } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Html } from '../../report/index.ts';
import { heatMap, heatMaps } from '../heat-map.ts';

/** Larger images are not drawn: counting paths would take long. */
const mostElements = 3 * 2 ** 17;
/** Draws of weights and images that are averaged. */
const draws = 8;

/** How far from the middle somebody may be looked for who reads anything. */
const beside = [0, 1, 2].flatMap((down) => [0, 1, 2].map((right) => [down, right] as const));

/** Whether both are planes that can be drawn. */
export function arePlanes(graph: Graph, output: string, input: string): boolean {
  const byId = nodesById(graph);
  const [from, to] = [byId.get(graph.outputs[output]!)!.type, byId.get(graph.inputs[input]!)!.type];
  const small = to.shape.reduce((a, b) => a * b, 1) <= mostElements;
  const float = [from, to].every(({ dtype }) => isFloat(dtype));
  return from.shape.length === 4 && to.shape.length === 4 && small && float && from.shape[2]! * from.shape[3]! > 1;
}

/**
 * What the output's middle reads of the first image: on how many paths, in the theoretical box, and how strongly by our own gradients (operators.md
 * 53, 58).
 */
export function fieldPictures(graph: Graph, output: string, input: string): Html {
  const { shape } = nodesById(graph).get(graph.outputs[output]!)!.type;
  const middle = [0, 0, Math.floor(shape[2]! / 2), Math.floor(shape[3]! / 2)];
  // Where a transposed convolution leaves a hole nothing is read: then one beside it.
  const tries = beside.map(([down, right]) => [0, 0, middle[2]! + down, middle[3]! + right]);
  const reading = tries.find(
    (at) => at.every((i, axis) => i < shape[axis]!) && fieldOf(graph, { output, input, at }).data.includes(1),
  );
  const at = reading ?? middle;
  const counts = planeOf(pathCounts(graph, { output, input, at }));
  const box = boxOf(planeOf(fieldOf(graph, { output, input, at })));
  const where = `${output}[${at.join(', ')}] in ${input}`;
  const paths = heatMap({
    title: `Paths from ${where}`,
    caption: `On how many paths each element is read, taps and channels counted. Frame: what is read at all, ${box.height}×${box.width}; blank inside it: holes.`,
    ...counts,
    logarithmic: true,
    boxes: [box],
  });
  // Whole numbers that are fed, as classes are, cannot be drawn at random.
  if (graph.nodes.some((node) => isInput(node) && inputAttributes(node).role === 'input' && !isFloat(node.type.dtype)))
    return heatMaps([paths]);
  const { power, bells, fit, size } = effectiveReceptiveField(graph, {
    output,
    input,
    at,
    draws,
    backend: wasmWith({ threads: 1 }),
  });
  const [rows, columns] = bells as readonly [(typeof bells)[number], (typeof bells)[number]];
  return heatMaps([
    paths,
    heatMap({
      title: `Effective field, ${draws} draws`,
      caption: `Mean square of the gradient, weights and images drawn anew each time. Dashed: the bell fitted to it at two deviations, ${rows.sigma.toFixed(1)}×${columns.sigma.toFixed(1)} each, which explains ${(100 * fit).toFixed(0)} %; ${size.toFixed(1)} elements wide above 4.55 %.`,
      rows: power.shape[0]!,
      columns: power.shape[1]!,
      values: power.data,
      boxes: [box],
      ellipses: [
        { row: rows.centre + 0.5, column: columns.centre + 0.5, radii: [2 * rows.sigma, 2 * columns.sigma] as const },
      ],
    }),
  ]);
}

interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly values: readonly number[];
}

/** The first image, its channels added up. */
function planeOf({ data, shape }: NdArray): Plane {
  const [, channels = 1, rows = 1, columns = 1] = shape;
  const values = Array.from({ length: rows * columns }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += data[c * rows * columns + i]!;
    return sum;
  });
  return { rows, columns, values };
}

function boxOf({ rows, columns, values }: Plane): {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
} {
  let [top, left, bottom, right] = [rows, columns, -1, -1];
  values.forEach((value, i) => {
    if (value === 0) return;
    const [row, column] = [Math.floor(i / columns), i % columns];
    [top, left] = [Math.min(top, row), Math.min(left, column)];
    [bottom, right] = [Math.max(bottom, row), Math.max(right, column)];
  });
  return { top, left, height: Math.max(0, bottom - top + 1), width: Math.max(0, right - left + 1) };
}
