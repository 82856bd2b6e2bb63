import { checkerboardOf } from '../../analysis/index.ts';
import type { Backend } from '../../backends/backend.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f32 } from '../../graph/type.ts';
import {
  convTransposeLayer,
  declareParameters,
  type Image,
  initialValues,
  type Layer,
  layer,
  net,
  parameterTypesOf,
  type Scores,
  subPixelLayer,
} from '../../nn/index.ts';
import { add, mean, mse, type ResizeMode, resize2d, slice, sub } from '../../ops/index.ts';
import { shapesDataset } from '../../train/data/shapes-dataset.ts';
import { batchOf, imageOf } from '../batch-of.ts';
import { drawBatches } from '../draw-batches.ts';
import { evaluate } from '../evaluate.ts';
import { largestDifference } from '../largest-difference.ts';
import { psnr } from '../psnr.ts';
import { sheet } from '../sheet.ts';
import type { LabOptions, LabResult, System } from '../system.ts';
import { type Taught, teach } from '../teach.ts';
import { type Measured, measureUpsampler, type Upsampling } from './measure-upsampler.ts';

const side = 64;
const batch = 24;
const heldOut = 20;
/** Learned kernels see zeros around planes, resizing sees the border again: neither is compared there. */
const border = 8;

const modes: readonly (readonly [name: string, mode: ResizeMode])[] = [
  ['nearest', 'nearest'],
  ['bilinear', 'linear'],
  ['bicubic, a = −0.5', { cubic: -0.5 }],
  ['bicubic, a = −0.75', { cubic: -0.75 }],
  ['Lanczos, a = 3', { lanczos: 3 }],
];

/** One kernel each, as linear as interpolation: 8×8 taps of which every result reads 4×4, and 5×5 taps for each of the four places. */
const learners: readonly (readonly [name: string, part: Layer<(x: Image) => Scores>])[] = [
  [
    'transposed convolution',
    convTransposeLayer({ in: 1, out: 1, kernel: 8, stride: 2, padding: 3, bias: false }) as Layer<(x: Image) => Scores>,
  ],
  [
    'sub-pixel convolution',
    subPixelLayer({ in: 1, out: 1, scale: 2, kernel: 5, bias: false }) as Layer<(x: Image) => Scores>,
  ],
];

export const interpolation: System = {
  name: 'interpolation',
  title: 'Interpolation beside learned upsampling',
  checklist: [30, 31, 32, 33, 46, 47],
  about:
    'Planes of scenes are made half as large and then large again: by nearest neighbours, bilinear, bicubic and Lanczos interpolation, and ' +
    'by one transposed and one sub-pixel convolution, which learn their single kernel from other scenes. The table compares what ' +
    'comes back, what it costs and whether the error has a pattern of every second element.',
  run,
};

interface Row {
  readonly way: Upsampling;
  readonly measured: Measured;
  readonly decibels: number;
}

async function run(lab: LabOptions): Promise<LabResult> {
  const { seed, effort, backend } = lab;
  const count = Math.max(8, Math.round(60 * Math.min(1, effort)));
  const scenes = shapesDataset({ size: side, classes: 6, count: count + heldOut, seed }).samples;
  const [large, truth] = [scenes.slice(0, count), scenes.slice(count)].map((some) =>
    planesOf(some.map(({ image }) => image)),
  ) as [NdArray, NdArray];
  const [small, held] = [halved(large, backend), halved(truth, backend)];
  const rows: Row[] = [];
  const take = (way: Upsampling): void => {
    const measured = measureUpsampler(backend, way, held, truth);
    const decibels = psnr(inner(measured.result, backend), inner(truth, backend));
    rows.push({ way, measured, decibels });
  };
  for (const [name, mode] of modes) {
    const apply = (x: Tensor): Tensor => resize2d(x as Image, { scale: 2, mode });
    take({ name, kind: 'fixed', parameterTypes: {}, values: {}, apply });
  }
  const lessons: (readonly [name: string, taught: Taught])[] = [];
  const untrained: number[] = [];
  for (const [name, part] of learners) {
    const model = net(name, {}, aroundMean(part));
    const way = (values: Upsampling['values']): Upsampling => ({
      name,
      kind: 'learnt',
      parameterTypes: model.parameterTypes,
      values,
      apply: (x, parameters) => model.apply(x, parameters),
    });
    const taught = await teach(lab, {
      what: name,
      net: model,
      x: f32(batch, 1, side / 2, side / 2),
      target: f32(batch, 1, side, side),
      steps: Math.max(2, Math.round(1000 * effort)),
      learningRate: 0.03,
      loss: (scores, target) => mse(inside(scores), inside(target as Scores)),
      batch: drawBatches(seed, { x: small, target: large }, batch),
    });
    lessons.push([name, taught]);
    untrained.push(flatScore(part, seed, backend));
    take(way(taught.parameters));
  }
  return result({ rows, lessons, untrained, held, truth, passes: separable(held, backend) });
}

interface Found {
  readonly rows: readonly Row[];
  readonly lessons: readonly (readonly [name: string, taught: Taught])[];
  readonly untrained: readonly number[];
  readonly held: NdArray;
  readonly truth: NdArray;
  readonly passes: number;
}

function result({ rows, lessons, untrained, held, truth, passes }: Found): LabResult {
  const best = (kind: 'fixed' | 'learnt'): Row =>
    rows.filter(({ way }) => way.kind === kind).reduce((a, b) => (b.decibels > a.decibels ? b : a));
  const [fixed, nearest] = [best('fixed'), rows[0]!];
  const learnt = rows.filter(({ way }) => way.kind === 'learnt');
  return {
    claims: [
      ...learnt.map(({ way, decibels }) => ({
        text: `${way.name} learns a better kernel than any formula: ${decibels.toFixed(2)} dB, ${fixed.way.name} ${fixed.decibels.toFixed(2)} dB`,
        holds: decibels > fixed.decibels,
      })),
      {
        text: `of the formulas nearest is the worst: ${nearest.decibels.toFixed(2)} dB, the others ${rows
          .slice(1, modes.length)
          .map(({ decibels }) => decibels.toFixed(2))
          .join(', ')}`,
        holds: rows.slice(1, modes.length).every(({ decibels }) => decibels > nearest.decibels),
      },
      {
        text: `before it has learnt anything, sub-pixel convolution (ICNR) leaves flat planes flat (checkerboard ${untrained[1]!.toExponential(1)}), transposed convolution makes one of ${untrained[0]!.toPrecision(2)}`,
        holds: untrained[1]! < 1e-5 && untrained[0]! > 0.01,
      },
      {
        text: `bilinear interpolation in two passes, rows and then columns, is the same: they differ by at most ${passes.toExponential(1)}`,
        holds: passes < 1e-6,
      },
    ],
    tables: [
      {
        title: `${truth.shape[0]} held-out planes, ${side / 2}×${side / 2} made ${side}×${side}`,
        head: ['upsampling', 'kind', 'PSNR in dB', 'checkerboard in the error', 'multiply-adds per result', 'ms'],
        rows: rows.map(({ way, measured, decibels }) => [
          way.name,
          way.kind,
          decibels,
          measured.checkerboard,
          measured.macs,
          measured.milliseconds,
        ]),
      },
    ],
    curves: [
      {
        title: 'Learning a kernel',
        x: 'step',
        y: 'mean square error',
        logarithmic: true,
        lines: lessons.map(([name, taught]) => ({ name, points: taught.losses })),
      },
    ],
    pictures: [
      {
        name: 'enlarged',
        caption: `A held-out plane: small, ${rows.map(({ way }) => way.name).join(', ')}, true`,
        png: sheet(
          [held, ...rows.map(({ measured }) => measured.result), truth].map((planes) => imageOf(planes, 0)),
          { columns: 3, zoom: 3 },
        ),
      },
    ],
  };
}

/** The same layer for what planes are beside a mean that it keeps: sums of a kernel need not be learnt to 1, which takes long. */
const aroundMean = (part: Layer<(x: Image) => Scores>): Layer<(x: Image) => Scores> =>
  layer({ part }, ({ part }) => (x: Image): Scores => {
    const level = mean(x, { axes: [2, 3], keepDims: true }) as Image;
    return add(part(sub(x, level) as Image), level) as Scores;
  });

/** The checkerboard that a layer with its first weights makes of flat planes. */
const flatScore = (part: Layer<(x: Image) => Scores>, seed: number, backend: Backend): number =>
  checkerboardOf((x) => part.bind(declareParameters(x.graph, parameterTypesOf(part)))(x as Image), {
    type: f32(2, 1, 32, 32),
    period: 2,
    values: initialValues(part, seed),
    backend,
  }).score;

/** The three channels of images as planes [N · 3, 1, H, W]. */
function planesOf(images: readonly NdArray[]): NdArray {
  const all = batchOf(images);
  return array(f32(3 * images.length, 1, side, side), all.data);
}

const halved = (x: NdArray, backend: Backend): NdArray =>
  evaluate(backend, { x }, ({ x }) => ({
    y: resize2d(x as Image, { scale: 1 / 2, mode: { cubic: -0.5 }, antialias: true }),
  })).y!;

/** Planes without their border. */
function inside(x: Scores): Scores {
  const [planes, channels, height, width] = x.shape as readonly [number, number, number, number];
  return slice(x, {
    starts: [0, 0, border, border],
    limits: [planes, channels, height - border, width - border],
  }) as Tensor as Scores;
}

const inner = (x: NdArray, backend: Backend): NdArray =>
  evaluate(backend, { x }, ({ x }) => ({ y: inside(x as Scores) })).y!;

/** The greatest difference between bilinear interpolation at once and along rows and columns one after the other. */
function separable(x: NdArray, backend: Backend): number {
  const { once, twice } = evaluate(backend, { x }, ({ x }) => {
    const across = resize2d(x as Image, { scale: [1, 2], mode: 'linear' }) as Tensor;
    return {
      once: resize2d(x as Image, { scale: 2, mode: 'linear' }),
      twice: resize2d(across as Image, { scale: [2, 1], mode: 'linear' }),
    };
  });
  return largestDifference(once!, twice!);
}
