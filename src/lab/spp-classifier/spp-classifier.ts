import type { Arrays } from '../../backends/backend.ts';
import { f32, i32 } from '../../graph/type.ts';
import { cosineSchedule, initialValues, sppClassifier as makeLayer, parameterTypesOf } from '../../nn/index.ts';
import { add, crossEntropy } from '../../ops/index.ts';
import { shapeKinds } from '../../train/data/shapes/figure.ts';
import { imageOf } from '../batch-of.ts';
import { drawBatches } from '../draw-batches.ts';
import { evaluate } from '../evaluate.ts';
import { learner } from '../learner.ts';
import { repeat } from '../repeat.ts';
import { sheet } from '../sheet.ts';
import type { LabOptions, LabResult, System } from '../system.ts';
import { type Labelled, labelled, type Size } from './labelled.ts';

const batch = 6;
const seen: readonly Size[] = [
  [26, 26],
  [26, 38],
  [38, 26],
  [40, 40],
];
/** Between those and beyond them. */
const unseen: readonly Size[] = [
  [30, 30],
  [33, 27],
  [36, 36],
  [30, 42],
  [44, 44],
];
const heldOut = 150;
const levels = [1, 2, 3, 6];
const width = 12;
const depth = 2;
const net = makeLayer({ inChannels: 1, classes: shapeKinds.length, width, depth, levels, norm: 'group' });

export const sppClassifier: System = {
  name: 'spp-classifier',
  title: 'Spatial pyramid pooling: one classifier for images of all sizes',
  checklist: [18],
  about:
    'A classifier of figures learns from images of four sizes at once, with one set of weights, and is then shown sizes and shapes that it has ' +
    'never seen: pooled into 1, 4, 9 and 36 cells, every image is 50 numbers per channel.',
  run,
};

async function run(lab: LabOptions): Promise<LabResult> {
  const { seed, effort, backend } = lab;
  const steps = Math.max(2, Math.round(900 * effort));
  const count = Math.max(batch, Math.round(1500 * Math.min(1, effort)));
  const training = seen.map((size) => labelled(seed, 'training', count, size));
  const batches = training.map(({ images, classes }) => drawBatches(seed, { x: images, target: classes }, batch));
  const inputs = Object.fromEntries(
    seen.flatMap((size, k) => [[`x${k}`, f32(batch, 1, ...size)] as const, [`t${k}`, i32(batch)] as const]),
  );
  const learning = learner({
    backend,
    parameterTypes: parameterTypesOf(net),
    initial: initialValues(net, seed),
    inputs,
    loss: (given, parameters) => {
      const classify = net.bind(parameters);
      const losses = seen.map((_, k) => crossEntropy(classify(given[`x${k}`]! as never), given[`t${k}`]! as never));
      return { loss: losses.reduce((a, b) => add(a, b)) };
    },
  });
  const rate = cosineSchedule({ learningRate: 0.003, steps });
  const points: (readonly [number, number])[] = [];
  let parameters: Arrays;
  try {
    await repeat(lab, 'steps', steps, (step) => {
      const feeds = batches.flatMap((draw, k) => {
        const { x, target } = draw(step);
        return [[`x${k}`, x] as const, [`t${k}`, target] as const];
      });
      points.push([step, learning.step(Object.fromEntries(feeds), rate(step)).loss / seen.length]);
    });
    parameters = learning.parameters();
  } finally {
    learning.close();
  }
  const tested = [...seen, ...unseen].map((size, k) => {
    const data = labelled(seed, 'held out', heldOut, size);
    return { size, known: k < seen.length, data, accuracy: accuracy(lab, parameters, data) };
  });
  return result(tested, points);
}

interface Tested {
  readonly size: Size;
  readonly known: boolean;
  readonly data: Labelled;
  readonly accuracy: number;
}

function result(tested: readonly Tested[], points: readonly (readonly [number, number])[]): LabResult {
  const worst = (known: boolean): number =>
    Math.min(...tested.filter((one) => one.known === known).map(({ accuracy }) => accuracy));
  const features = levels.reduce((sum, level) => sum + level ** 2, 0) * width * 2 ** depth;
  const declared = parameterTypesOf(net)['classify.w']!.shape[0]!;
  return {
    claims: [
      {
        text: `on sizes never seen at least ${percent(worst(false))} of the figures are told right (sizes learnt from: ${percent(worst(true))}; chance 20 %; at least 60 %)`,
        holds: worst(false) >= 0.6,
      },
      {
        text: `whatever the size, Σ levels² · C = 50 · ${width * 2 ** depth} = ${features} features: the last layer reads ${declared}`,
        holds: features === declared,
      },
    ],
    tables: [
      {
        title: `${heldOut} held-out images of each size, ${shapeKinds.length} kinds of figures`,
        head: ['size', 'learnt from', 'told right in %', 'features'],
        rows: tested.map(({ size, known, accuracy }) => [
          size.join('×'),
          known ? 'yes' : 'no',
          100 * accuracy,
          features,
        ]),
      },
    ],
    curves: [{ title: 'Training', x: 'step', y: 'cross-entropy', lines: [{ name: 'four sizes', points }] }],
    pictures: [
      {
        name: 'figures',
        caption: 'Held-out figures, a row for each size, those never seen below',
        png: sheet(
          tested.flatMap(({ data }) => Array.from({ length: 8 }, (_, n) => imageOf(data.images, n))),
          { columns: 8, zoom: 2 },
        ),
      },
    ],
  };
}

/** The share of images whose highest score is that of their class. */
function accuracy({ backend }: LabOptions, parameters: Arrays, { images, classes }: Labelled): number {
  const { scores } = evaluate(backend, { x: images, ...parameters }, ({ x, ...values }) => ({
    scores: net.bind(values)(x! as never),
  }));
  const kinds = shapeKinds.length;
  let right = 0;
  for (let n = 0; n < classes.data.length; n++) {
    const of = scores!.data.subarray(n * kinds, (n + 1) * kinds);
    if (of[classes.data[n]!]! >= Math.max(...of)) right += 1;
  }
  return right / classes.data.length;
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
