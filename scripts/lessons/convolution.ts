import { array } from '../../src/graph/nd-array.ts';
import { f64 } from '../../src/graph/type.ts';
import { constant, convolve2d, correlate2d, filter2d, kernels, reshape, rgbToGray } from '../../src/ops/index.ts';
import { shapesDataset } from '../../src/train/data/shapes-dataset.ts';
import { type Cells, drawCells } from './cells.ts';
import { evaluate, plane, rowsOf } from './evaluate.ts';
import { imageRow } from './image-row.ts';

const image = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];
const kernel = [
  [1, 2, 0],
  [0, 3, 0],
  [0, 0, 4],
];

function twoOperations(): string {
  const x = plane(image);
  const by = (f: typeof correlate2d | typeof convolve2d): (string | number)[][] =>
    rowsOf(evaluate(x, (t) => f(t, constant(t.graph, f64(1, 1, 3, 3), kernel.flat()), { padding: 1 })));
  const used = (turned: boolean): Cells => ({
    values: turned ? kernel.map((row) => row.toReversed()).toReversed() : kernel,
    caption: turned ? 'w, turned by 180°' : 'w',
    tone: () => 'orange',
  });
  const shown: Cells = { values: image, caption: 'x', tone: () => 'blue' };
  const answer = (values: (string | number)[][]): Cells => ({
    values,
    caption: 'y, with a border of zeros around x',
    tone: (r, c) => (r === 1 && c === 1 ? 'green' : 'plain'),
    side: 34,
  });
  return drawCells([
    [shown, '⊗', used(false), '=', answer(by(correlate2d))],
    [shown, '∗', used(true), '=', answer(by(convolve2d))],
  ]);
}

/** A grey scene [1, H, W]. */
export function greyScene(size: number, seed: number): ReturnType<typeof evaluate> {
  const [sample] = shapesDataset({ size, classes: 6, count: 1, seed }).samples;
  const rgb = array(f64(1, 3, size, size), [...sample!.image.data]);
  return evaluate(rgb, (x) => reshape(rgbToGray(x), [1, size, size]));
}

function nineKernels(): Uint8Array {
  const scene = greyScene(96, 5);
  const filtered = Object.entries(kernels).map(([name, values]) => {
    const y = evaluate(scene, (x) =>
      reshape(filter2d(reshape(x, [1, 1, 96, 96]), values, { paddingMode: 'symmetric' }), [1, 96, 96]),
    );
    // What sums to 0 has values of both signs: grey stands for zero.
    if (name.startsWith('edge')) for (let i = 0; i < y.data.length; i++) y.data[i] = 0.5 + y.data[i]!;
    return y;
  });
  return imageRow(filtered, { side: 192, columns: 3 });
}

export const convolution: { readonly [file: string]: () => string | Uint8Array } = {
  'two-operations.svg': twoOperations,
  'kernels.png': nineKernels,
};
