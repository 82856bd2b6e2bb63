import { checkerboardIn, checkerboardOf } from '../analysis/index.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { f32 } from '../graph/type.ts';
import {
  declareParameters,
  type Image,
  superResolution as makeNet,
  type Net,
  type Scores,
  upsamplers,
} from '../nn/index.ts';
import { mse, type ResizeMode, resize2d } from '../ops/index.ts';
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

const scale = 2;
const side = 64;
const batch = 8;
const heldOut = 24;
/** Keys's kernel with a = −1/2, which papers on super resolution call bicubic; and with a = −3/4, as PyTorch has it. */
const bicubic = { cubic: -0.5 };
const sharper = { cubic: -0.75 };

/** ESPCN with three upsamplers, against bicubic interpolation. */
export const superResolution: System = {
  name: 'super-resolution',
  title: 'Super resolution: transposed convolution, resize and convolution, sub-pixel',
  checklist: [39, 78],
  about:
    'Scenes are made half as large with a bicubic filter; three nets that differ only in how they enlarge learn what linear ' +
    'interpolation misses. Held-out scenes tell how far each comes beyond bicubic interpolation; flat images, how much of a ' +
    'checkerboard, a pattern of every second pixel, each puts where nothing is.',
  run,
};

interface Trained {
  readonly name: string;
  readonly net: Net;
  readonly taught: Taught;
  /** What it makes of the held-out images. */
  readonly result: NdArray;
  /** Checkerboard of flat images, before training and after. */
  readonly board: readonly [number, number];
}

async function run(lab: LabOptions): Promise<LabResult> {
  const { seed, effort, backend } = lab;
  const steps = Math.max(2, Math.round(800 * effort));
  const training = Math.max(batch, Math.round(160 * Math.min(1, effort)));
  const scenes = shapesDataset({ size: side, classes: 4, count: training + heldOut, seed }).samples;
  const [large, truth] = [scenes.slice(0, training), scenes.slice(training)].map((some) =>
    batchOf(some.map(({ image }) => image)),
  ) as [NdArray, NdArray];
  const resized = (x: NdArray, factor: number, mode: ResizeMode): NdArray =>
    evaluate(backend, { x }, ({ x }) => {
      const antialias = factor < 1 ? { antialias: true } : {};
      return { y: resize2d(x as Image, { scale: factor, mode, ...antialias }) };
    }).y!;
  const [small, held] = [resized(large, 1 / scale, bicubic), resized(truth, 1 / scale, bicubic)];
  const plain = {
    nearest: resized(held, scale, 'nearest'),
    linear: resized(held, scale, 'linear'),
    bicubic: resized(held, scale, bicubic),
    'bicubic, a = −3/4': resized(held, scale, sharper),
  };
  const trained: Trained[] = [];
  for (const up of upsamplers) {
    const net: Net = makeNet({ inChannels: 3, scale, up });
    const taught = await teach(lab, {
      what: up,
      net,
      x: f32(batch, 3, side / scale, side / scale),
      target: f32(batch, 3, side, side),
      steps,
      learningRate: 0.001,
      loss: (scores, target) => mse(scores, target as Scores),
      batch: drawBatches(seed, { x: small, target: large }, batch),
    });
    const result = applyNet(backend, net, taught.parameters, held);
    const boards = [net.initialise(seed), taught.parameters].map((values) =>
      checkerboardOf((x: Tensor) => net.apply(x, declareParameters(x.graph, net.parameterTypes)), {
        type: f32(4, 3, 32, 32),
        period: scale,
        values,
        backend,
      }),
    );
    trained.push({ name: up, net, taught, result, board: [boards[0]!.score, boards[1]!.score] });
  }
  return resultOf({ truth, held, plain, trained, steps });
}

interface Found {
  readonly truth: NdArray;
  readonly held: NdArray;
  /** Enlarged by interpolation. */
  readonly plain: { readonly bicubic: NdArray; readonly [name: string]: NdArray };
  readonly trained: readonly Trained[];
  readonly steps: number;
}

function resultOf({ truth, held, plain, trained, steps }: Found): LabResult {
  const toBeat = Math.max(...Object.values(plain).map((result) => psnr(result, truth)));
  const errorBoard = (result: NdArray): number => checkerboardIn(difference(result, truth), scale).score;
  return {
    claims: [
      ...trained
        .filter(({ name }) => name !== 'resize-conv')
        .map(({ name, result }) => ({
          text: `${name} beats bicubic interpolation: ${cellText(psnr(result, truth))} dB against ${cellText(toBeat)} dB on held-out scenes`,
          holds: psnr(result, truth) > toBeat,
        })),
      {
        text: `untrained, sub-pixel (ICNR) and resize-conv draw no checkerboard on flat images, transposed does: ${trained
          .map(({ name, board }) => `${name} ${cellText(board[0])}`)
          .join(', ')}`,
        holds: trained.every(({ name, board }) => (name === 'transposed' ? board[0] > 0.01 : board[0] < 1e-5)),
      },
    ],
    tables: [
      {
        title: `${heldOut} held-out scenes of ${side}×${side} made ${scale}× as large; nets after ${steps} steps of ${batch}`,
        head: [
          'upsampler',
          'PSNR (dB)',
          'beyond the best bicubic (dB)',
          'checkerboard in the error',
          'on flat images, untrained',
          'trained',
          'parameters',
          'ms/step',
        ],
        rows: [
          ...Object.entries(plain).map(([name, result]) => [
            name,
            psnr(result, truth),
            psnr(result, truth) - toBeat,
            errorBoard(result),
            '–',
            '–',
            0,
            '–',
          ]),
          ...trained.map(({ name, net, taught, result, board }) => [
            name,
            psnr(result, truth),
            psnr(result, truth) - toBeat,
            errorBoard(result),
            ...board,
            parameterCount(net),
            taught.millisecondsPerStep,
          ]),
        ],
      },
    ],
    curves: [trainingCurve(trained)],
    pictures: [0, 1, 2].map((n) => ({
      name: `scene-${n + 1}`,
      caption: `A held-out scene: small, bicubic, ${trained.map(({ name }) => name).join(', ')}, true`,
      png: sheet(
        [held, plain.bicubic, ...trained.map(({ result }) => result), truth].map((images) => imageOf(images, n)),
      ),
    })),
  };
}

const difference = (a: NdArray, b: NdArray): NdArray =>
  array(
    a,
    Float64Array.from(a.data, (value, i) => value - b.data[i]!),
  );

const parameterCount = ({ parameterTypes }: Net): number =>
  Object.values(parameterTypes).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
