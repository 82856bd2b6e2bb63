import { reference } from '../../backends/index.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f32, f64, i32 } from '../../graph/type.ts';
import { type PatchNet, type PatchNetOptions, patchNet } from '../../nn/index.ts';
import { crossEntropy } from '../../ops/index.ts';
import { cellText } from '../../report/index.ts';
import { classColours, shapesDataset } from '../../train/index.ts';
import { batchOf } from '../batch-of.ts';
import { drawBatches } from '../draw-batches.ts';
import { largestDifference } from '../largest-difference.ts';
import { sheet } from '../sheet.ts';
import type { LabOptions, LabResult, System } from '../system.ts';
import { type Taught, teach } from '../teach.ts';
import { type TwoWays, twoWays } from './two-ways.ts';

const side = 32;
const batch = 8;
const trainingImages = 96;
const config = { inChannels: 3, classes: 3, width: 8, depth: 5 };

/** A patch classifier slid over an image, and the same net applied to the whole of it. */
export const slidingWindow: System = {
  name: 'sliding-window',
  title: 'A sliding window and its fully convolutional twin: the same scores, less work',
  checklist: [72, 73],
  about:
    'A net classifies the middle pixel of a patch. Slid over an image it computes what neighbouring patches share again and again; ' +
    'applied to the whole image at once, the same parameters give the same scores, element by element.',
  run,
};

async function run(lab: LabOptions): Promise<LabResult> {
  const { seed, effort, backend } = lab;
  const { samples } = shapesDataset({ size: side, classes: config.classes, count: trainingImages + 1, seed });
  const training = samples.slice(1);
  const x = batchOf(training.map(({ image }) => image));
  const target = array(
    i32(trainingImages, side, side),
    training.flatMap(({ mask }) => [...mask.data]),
  );
  const steps = Math.max(2, Math.round(800 * effort));
  const net: PatchNet<PatchNetOptions> = patchNet<PatchNetOptions>(config);
  // Trained as the twin: what it learns is the same, in a fraction of the time.
  const taught = await teach(lab, {
    what: 'training the twin',
    net,
    x: f32(batch, 3, side, side),
    target: i32(batch, side, side),
    steps,
    learningRate: 0.003,
    loss: (scores, truth) => crossEntropy(scores, truth as Tensor<Shape, 'i32'>),
    batch: drawBatches(seed, { x, target }, batch),
  });
  const image = array(f32(1, 3, side, side), samples[0]!.image.data);
  const fast = await twoWays(lab, backend, net, taught.parameters, image);
  // The definition of every operator, in double precision: the same sums in the same order, if the notes are right.
  const exactNet: PatchNet<PatchNetOptions> = patchNet<PatchNetOptions>({ ...config, dtype: 'f64' });
  const small = effort < 1 ? cropped(image, 8) : image;
  const exactImage = array(f64(...small.shape), small.data);
  const exact = await twoWays(lab, reference, exactNet, taught.parameters, exactImage);
  return resultOf({ window: net.window, backend: backend.name, sample: samples[0]!, fast, exact, taught, steps });
}

interface Found {
  readonly window: number;
  readonly backend: string;
  readonly sample: { readonly image: NdArray; readonly mask: NdArray };
  readonly fast: TwoWays;
  readonly exact: TwoWays;
  readonly taught: Taught;
  readonly steps: number;
}

function resultOf({ window, backend, sample, fast, exact, taught, steps }: Found): LabResult {
  const [difference, rounding] = [exact, fast].map((ways) => largestDifference(ways.sliding, ways.convolutional)) as [
    number,
    number,
  ];
  const faster = fast.seconds.sliding / fast.seconds.convolutional;
  const redundant = fast.macs.sliding / fast.macs.convolutional;
  const [slid, passed] = [classesOf(fast.sliding), classesOf(fast.convolutional)];
  const right = (classes: NdArray): number =>
    classes.data.filter((k, i) => k === sample.mask.data[i]).length / classes.data.length;
  return {
    claims: [
      {
        text: `fully convolutional = sliding window in all ${exact.sliding.data.length} scores in double precision; largest difference ${cellText(difference)}`,
        holds: difference === 0,
      },
      {
        text: `on the backend ${backend} in single precision they differ by roundings: by ${cellText(rounding)} of scores up to ${cellText(largest(fast.sliding))}`,
        holds: rounding <= 1e-4 * Math.max(1, largest(fast.sliding)),
      },
      {
        text: `one pass takes ${cellText(redundant)} times fewer multiply-adds, and was ${cellText(faster)} times faster`,
        holds: redundant > 10 && faster > 2,
      },
    ],
    tables: [
      {
        title: `Scores of one image of ${side}×${side}, patches of ${window}×${window}, by ${backend}`,
        head: ['way', 'multiply-adds', 'milliseconds', 'pixels right', 'largest difference', 'in double precision'],
        rows: [
          ['sliding window', fast.macs.sliding, 1000 * fast.seconds.sliding, right(slid), '–', '–'],
          [
            'fully convolutional',
            fast.macs.convolutional,
            1000 * fast.seconds.convolutional,
            right(passed),
            rounding,
            difference,
          ],
          ['ratio', redundant, faster, '–', '–', '–'],
        ],
      },
    ],
    curves: [
      { title: 'Training the twin', x: 'step', y: 'cross-entropy', lines: [{ name: 'loss', points: taught.losses }] },
    ],
    pictures: [
      {
        name: 'scores',
        caption: `A held-out image, the sliding window’s classes, the convolutional pass’s, the true ones; after ${steps} steps`,
        png: sheet([sample.image, ...[slid, passed, sample.mask].map(painted)]),
      },
    ],
  };
}

/** The likeliest class of every pixel of scores [1, classes, H, W]. */
function classesOf({ data, shape }: NdArray): NdArray {
  const [, classes = 0, height = 0, width = 0] = shape;
  const plane = height * width;
  const best = array(i32(height, width));
  for (let i = 0; i < plane; i++)
    for (let k = 1; k < classes; k++) if (data[k * plane + i]! > data[best.data[i]! * plane + i]!) best.data[i] = k;
  return best;
}

/** Classes in their colours. */
function painted({ data, shape }: NdArray): NdArray {
  const colours = classColours(config.classes);
  const picture = array(f32(3, ...shape));
  data.forEach((k, i) => {
    for (let c = 0; c < 3; c++) picture.data[c * data.length + i] = colours[k]![c]! / 255;
  });
  return picture;
}

/** The top left corner of an image [1, C, H, W]. */
function cropped({ data, shape, dtype }: NdArray, size: number): NdArray {
  const [, channels = 0, height = 0, width = 0] = shape;
  const corner = array({ dtype, shape: [1, channels, size, size] });
  for (let i = 0; i < corner.data.length; i++) {
    const [c, y, x] = [Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size];
    corner.data[i] = data[(c * height + y) * width + x]!;
  }
  return corner;
}

function largest({ data }: NdArray): number {
  let most = 0;
  for (const value of data) most = Math.max(most, Math.abs(value));
  return most;
}
