import { checkerboardIn } from '../../analysis/index.ts';
import { compile } from '../../backends/index.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { conv2d, convTranspose2d, depthToSpace, resize2d } from '../../ops/index.ts';
import { type Html, html, type Table } from '../../report/index.ts';
import { heatMap, heatMaps } from '../heat-map.ts';

/** A transposed convolution by what decides how even it is. */
export interface Enlarger {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
}

/** Elements of the image that is enlarged. */
const side = 8;

/** Without what rounding leaves. */
export const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toFixed(9)) : value);

/** What a transposed convolution writes, before and after the three cures of the notes (operators.md 39), all weights one. */
export function cures({ kernel, stride }: Enlarger): { readonly table: Table; readonly figure: Html } {
  const name = `kernel ${kernel.join('×')}, stride ${stride.join('×')}`;
  const even = kernel.map((k, axis) => Math.ceil(k / stride[axis]!) * stride[axis]!) as [number, number];
  const ways = [
    { way: 'as it is', coverage: coverage((x) => transposed(x, kernel, stride)) },
    ...(even.join() === kernel.join()
      ? []
      : [
          {
            way: `kernel ${even.join('×')}, a multiple of the stride`,
            coverage: coverage((x) => transposed(x, even, stride)),
          },
        ]),
    {
      way: `nearest resize, then a convolution of ${kernel.join('×')}`,
      coverage: coverage((x) => resized(x, kernel, stride)),
    },
    { way: 'sub-pixel: a convolution, then depth to space', coverage: coverage((x) => subPixel(x, stride)) },
  ];
  return {
    table: {
      title: `Cures of ${name}`,
      head: ['', 'unevenness', 'holes', 'score', 'power at 1/stride'],
      rows: ways.map(({ way, coverage }) => {
        const { unevenness, holes, score, spectrum } = checkerboardIn(coverage, stride);
        return [
          way,
          rounded(unevenness),
          holes,
          rounded(score),
          rounded([...spectrum.data].slice(1).reduce((sum, power) => sum + power, 0)),
        ];
      }),
    },
    figure: html`<h3>How often each element is written: ${name}</h3>${heatMaps(
      ways.map(({ way, coverage }) =>
        heatMap({
          title: way,
          caption: 'Taps that fall on each element, without the borders.',
          rows: coverage.shape[0]!,
          columns: coverage.shape[1]!,
          values: coverage.data,
        }),
      ),
    )}`,
  };
}

/** What comes out if everything that goes in is one, without the borders, where fewer taps fall. */
function coverage(f: (x: Tensor) => Tensor): NdArray {
  const g = new GraphBuilder();
  const x = g.input('x', f64(1, 1, side, side));
  const graph = g.build({ y: f(x) });
  const executable = compile(graph);
  const ones = Object.keys(graph.inputs).map((name) => {
    const { type } = graph.nodes.find(({ id }) => id === graph.inputs[name])!;
    const value = array(type);
    value.data.fill(1);
    return [name, value] as const;
  });
  for (const [name, value] of ones) if (name !== 'x') executable.write(name, value);
  const { data, shape } = executable.run({ x: Object.fromEntries(ones).x! }).y!;
  executable.close();
  const [rows, columns] = [shape[2]!, shape[3]!];
  const [top, left] = [Math.floor(rows / 4), Math.floor(columns / 4)];
  const middle = array(f64(rows - 2 * top, columns - 2 * left));
  for (let i = 0; i < middle.data.length; i++) {
    const [row, column] = [Math.floor(i / middle.shape[1]!), i % middle.shape[1]!];
    middle.data[i] = data[(row + top) * columns + column + left]!;
  }
  return middle;
}

const transposed = (x: Tensor, kernel: readonly number[], stride: readonly [number, number]): Tensor =>
  convTranspose2d(x, x.graph.parameter('w', f64(1, 1, ...kernel)) as Tensor, { stride }) as Tensor;

function resized(x: Tensor, kernel: readonly [number, number], stride: readonly [number, number]): Tensor {
  const large = resize2d(x, { size: [side * stride[0], side * stride[1]], mode: 'nearest' }) as Tensor;
  return conv2d(large, x.graph.parameter('w', f64(1, 1, ...kernel)) as Tensor) as Tensor;
}

function subPixel(x: Tensor, stride: readonly [number, number]): Tensor {
  const w = x.graph.parameter('w', f64(stride[0] * stride[1], 1, 3, 3)) as Tensor;
  return depthToSpace(conv2d(x, w, { padding: 1 }) as Tensor, { block: stride }) as Tensor;
}
