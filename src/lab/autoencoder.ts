import { array, type NdArray } from '../graph/nd-array.ts';
import { f32 } from '../graph/type.ts';
import { type Image, autoencoder as makeNet, type Net, type Scores } from '../nn/index.ts';
import { avgPool2d, avgUnpool2d, mse } from '../ops/index.ts';
import { cellText } from '../report/index.ts';
import { shapesDataset } from '../train/index.ts';
import { applyNet } from './apply-net.ts';
import { batchOf, imageOf } from './batch-of.ts';
import { drawBatches } from './draw-batches.ts';
import { evaluate } from './evaluate.ts';
import { psnr } from './psnr.ts';
import { sheet } from './sheet.ts';
import type { LabOptions, LabResult, System } from './system.ts';
import { type Taught, teach } from './teach.ts';
import { trainingCurve } from './training-curve.ts';

const side = 32;
const batch = 8;
const heldOut = 24;
const depth = 2;
/** Channels of the code: with a quarter of the rows and columns, half a number per pixel in place of three. */
const code = 8;
const stride = 2 ** depth;

/** An encoder that pools and a decoder by transposed convolutions, or by unpooling with switches. */
export const autoencoder: System = {
  name: 'autoencoder',
  title: 'Autoencoders: a pooling encoder, a decoder of transposed convolutions or of unpooling with switches',
  checklist: [77],
  about:
    'Scenes pass through a code of half a number per pixel and are decoded from it. What held-out scenes lose on the way is held ' +
    'against the mean of all scenes and against averages over the same windows, copied back. Switches tell the decoder where the ' +
    'maxima stood, beside the code.',
  run,
};

interface Trained {
  readonly name: string;
  readonly taught: Taught;
  readonly result: NdArray;
}

async function run(lab: LabOptions): Promise<LabResult> {
  const { seed, effort, backend } = lab;
  const steps = Math.max(2, Math.round(2000 * effort));
  const count = Math.max(batch, Math.round(240 * Math.min(1, effort)));
  const scenes = shapesDataset({ size: side, classes: 4, count: count + heldOut, seed }).samples;
  const [training, truth] = [scenes.slice(0, count), scenes.slice(count)].map((some) =>
    batchOf(some.map(({ image }) => image)),
  ) as [NdArray, NdArray];
  const type = f32(batch, 3, side, side);
  const grey = meanValue(training);
  // About zero, a net learns at once what it would first have to learn in its biases.
  const [centred, held] = [shifted(training, -grey), shifted(truth, -grey)];
  const trained: Trained[] = [];
  for (const up of ['transposed', 'switches'] as const) {
    const net: Net = makeNet({ inChannels: 3, depth, code, up });
    const taught = await teach(lab, {
      what: up,
      net,
      x: type,
      target: type,
      steps,
      learningRate: 0.003,
      loss: (scores, target) => mse(scores, target as Scores),
      batch: drawBatches(seed, { x: centred, target: centred }, batch),
    });
    trained.push({ name: up, taught, result: shifted(applyNet(backend, net, taught.parameters, held), grey) });
  }
  const averaged = (kernel: number): NdArray =>
    evaluate(backend, { x: truth }, ({ x }) => ({
      y: avgUnpool2d(avgPool2d(x as Image, { kernel }) as Image, { kernel }),
    })).y!;
  const plain = [
    { name: 'mean of all scenes', numbers: 0, result: meanOf(training, heldOut) },
    { name: `averages of ${stride}×${stride}`, numbers: 3 / stride ** 2, result: averaged(stride) },
    { name: 'averages of 2×2', numbers: 3 / 4, result: averaged(2) },
  ];
  return resultOf({ truth, plain, trained, steps });
}

interface Found {
  readonly truth: NdArray;
  readonly plain: readonly { readonly name: string; readonly numbers: number; readonly result: NdArray }[];
  readonly trained: readonly Trained[];
  readonly steps: number;
}

function resultOf({ truth, plain, trained, steps }: Found): LabResult {
  const [mean, averages] = plain.map(({ result }) => psnr(result, truth)) as [number, number];
  // Four windows of 2×2 at the first level and one at the second: two bits each, of so many channels.
  const bits = trained.map(({ name }) => (name === 'switches' ? (2 * 16) / 4 + (2 * code) / 16 : 0));
  return {
    claims: trained.map(({ name, result }) => ({
      text: `${name}: ${cellText(psnr(result, truth))} dB, more than averages of ${stride}×${stride} (${cellText(averages)} dB) and the mean of all scenes (${cellText(mean)} dB)`,
      holds: psnr(result, truth) > Math.max(mean, averages),
    })),
    tables: [
      {
        title: `${heldOut} held-out scenes of ${side}×${side}, reconstructed; nets after ${steps} steps of ${batch}`,
        head: ['by', 'numbers per pixel', 'bits of switches per pixel', 'PSNR (dB)', 'ms/step'],
        rows: [
          ...plain.map(({ name, numbers, result }) => [name, numbers, 0, psnr(result, truth), '–']),
          ...trained.map(({ name, result, taught }, k) => [
            name,
            code / stride ** 2,
            bits[k]!,
            psnr(result, truth),
            taught.millisecondsPerStep,
          ]),
        ],
      },
    ],
    curves: [trainingCurve(trained)],
    pictures: [0, 1, 2].map((n) => ({
      name: `scene-${n + 1}`,
      caption: `A held-out scene; averages of ${stride}×${stride}; ${trained.map(({ name }) => name).join('; ')}`,
      png: sheet([truth, plain[1]!.result, ...trained.map(({ result }) => result)].map((images) => imageOf(images, n))),
    })),
  };
}

function meanValue({ data }: NdArray): number {
  let sum = 0;
  for (const value of data) sum += value;
  return sum / data.length;
}

const shifted = (images: NdArray, by: number): NdArray =>
  array(
    images,
    Float64Array.from(images.data, (value) => value + by),
  );

/** The mean of a batch of images, so many times over. */
function meanOf(images: NdArray, times: number): NdArray {
  const [count = 0, ...shape] = images.shape;
  const size = images.data.length / count;
  const mean = array({ dtype: images.dtype, shape });
  images.data.forEach((value, i) => {
    mean.data[i % size]! += value / count;
  });
  return batchOf(new Array<NdArray>(times).fill(mean));
}
