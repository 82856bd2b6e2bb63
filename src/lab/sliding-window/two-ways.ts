import { costOf } from '../../analysis/index.ts';
import type { Arrays, Backend } from '../../backends/backend.ts';
import { compile } from '../../backends/compile.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { declareParameters, type PatchNet, type PatchNetOptions } from '../../nn/index.ts';
import { repeat } from '../repeat.ts';
import type { LabOptions } from '../system.ts';
import { cutPatches } from './cut-patches.ts';

/** One net's scores of an image, by a window that slides over it and by one convolutional pass. */
export interface TwoWays {
  /** [1, classes, H, W] each. */
  readonly sliding: NdArray;
  readonly convolutional: NdArray;
  /** Seconds that computing took, without compiling; patches are cut in that time. */
  readonly seconds: { readonly sliding: number; readonly convolutional: number };
  /** Multiply-adds for the image, counted in the graphs. */
  readonly macs: { readonly sliding: number; readonly convolutional: number };
}

/** How often the one pass is timed; the shortest counts. */
const rounds = 5;

/** Scores an image [1, channels, H, W] both ways. */
export async function twoWays(
  lab: Pick<LabOptions, 'progress' | 'signal'>,
  backend: Backend,
  net: PatchNet<PatchNetOptions>,
  parameters: Arrays,
  image: NdArray,
): Promise<TwoWays> {
  const [, channels = 0, height = 0, width = 0] = image.shape;
  const { dtype } = image;
  const window = ready(backend, net, parameters, { dtype, shape: [width, channels, net.window, net.window] }, true);
  const whole = ready(backend, net, parameters, image, false);
  try {
    const rows: NdArray[] = [];
    let slid = 0;
    await repeat(lab, `sliding a window, ${backend.name} ${dtype}`, height, (row) => {
      const began = performance.now();
      rows.push(window.run(cutPatches(image, row, net.window)));
      slid += performance.now() - began;
    });
    let passed = Number.POSITIVE_INFINITY;
    let convolutional = whole.run(image);
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      convolutional = whole.run(image);
      passed = Math.min(passed, performance.now() - began);
    }
    return {
      sliding: assembled(rows),
      convolutional,
      seconds: { sliding: slid / 1000, convolutional: passed / 1000 },
      macs: { sliding: height * window.macs, convolutional: whole.macs },
    };
  } finally {
    window.close();
    whole.close();
  }
}

function ready(
  backend: Backend,
  net: PatchNet<PatchNetOptions>,
  values: Arrays,
  type: Pick<NdArray, 'dtype' | 'shape'>,
  patches: boolean,
): { run(x: NdArray): NdArray; readonly macs: number; close(): void } {
  const g = new GraphBuilder();
  const x = g.input('x', type);
  const parameters = declareParameters(g, net.parameterTypes);
  const graph = g.build({ y: patches ? net.scorePatches(x, parameters) : net.apply(x, parameters) });
  const executable = compile(graph, { backend });
  for (const name in net.parameterTypes) executable.write(name, array(net.parameterTypes[name]!, values[name]!.data));
  return {
    run: (x) => executable.run({ x }).y!,
    macs: costOf(graph).total.macs,
    close: () => executable.close(),
  };
}

/** Rows of scores [W, classes, 1, 1] as one map [1, classes, H, W]. */
function assembled(rows: readonly NdArray[]): NdArray {
  const [width = 0, classes = 0] = rows[0]!.shape;
  const map = array({ dtype: rows[0]!.dtype, shape: [1, classes, rows.length, width] });
  rows.forEach((row, y) => {
    for (let x = 0; x < width; x++)
      for (let k = 0; k < classes; k++) map.data[(k * rows.length + y) * width + x] = row.data[x * classes + k]!;
  });
  return map;
}
