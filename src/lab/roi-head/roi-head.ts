import type { Arrays } from '../../backends/backend.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f32, i32 } from '../../graph/type.ts';
import {
  boxShifts,
  cosineSchedule,
  initialValues,
  type NamedTensors,
  parameterTypesOf,
  randomStream,
  shiftBoxes,
} from '../../nn/index.ts';
import type { Image } from '../../nn/layers/image.ts';
import { add, crossEntropy, mul, smoothL1Loss, square, sum } from '../../ops/index.ts';
import { shapeKinds } from '../../train/data/shapes/figure.ts';
import { imageOf } from '../batch-of.ts';
import { evaluate } from '../evaluate.ts';
import { learner } from '../learner.ts';
import { repeat } from '../repeat.ts';
import { sheet } from '../sheet.ts';
import type { LabOptions, LabResult, System } from '../system.ts';
import { boxPicture } from './box-picture.ts';
import { type BoxScores, boxScores } from './box-scores.ts';
import { type Boxed, boxed, perImage, side } from './boxed.ts';
import { type Pooling, poolings, regionNet } from './region-net.ts';

const batch = 8;
const heldOut = 40;

export const roiHead: System = {
  name: 'roi-head',
  title: 'Regions: RoI align beside RoI pooling, boxes moved by a head and by gradients',
  checklist: [16, 17],
  about:
    'Boxes that lie roughly around figures are read from feature maps at a quarter of the image’s size; a head names the figure and corrects the ' +
    'box. RoI pooling rounds to whole features, RoI align samples between them and so has a gradient to the boxes, which alone can ' +
    'correct them too.',
  run,
};

interface Outcome {
  readonly pooling: Pooling;
  readonly points: readonly (readonly [number, number])[];
  readonly refined: NdArray;
  readonly scores: BoxScores;
  readonly accuracy: number;
  /** Boxes moved by the gradient of what the head would still shift. */
  readonly moved: NdArray;
}

async function run(lab: LabOptions): Promise<LabResult> {
  const { seed, effort } = lab;
  const training = boxed(seed, 'training', Math.max(batch, Math.round(600 * Math.min(1, effort))));
  const held = boxed(seed, 'held out', heldOut);
  const outcomes: Outcome[] = [];
  for (const pooling of poolings) {
    const { parameters, points } = await taught(lab, pooling, training);
    const said = evaluate(
      lab.backend,
      { x: held.images, boxes: held.rough, ...parameters },
      ({ x, boxes, ...values }) => {
        const { scores, shifts } = regionNet(pooling).bind(values)(x as Image, boxes as Image);
        return { scores, refined: shiftBoxes(boxes as never, shifts) };
      },
    );
    outcomes.push({
      pooling,
      points,
      refined: said.refined!,
      scores: boxScores(said.refined!, held.truth),
      accuracy: accuracy(said.scores!, held.classes),
      moved: await byGradient(lab, pooling, parameters, held),
    });
  }
  return result(held, outcomes);
}

/** Learns to name and to correct rough boxes. */
async function taught(
  lab: LabOptions,
  pooling: Pooling,
  data: Boxed,
): Promise<Pick<Outcome, 'points'> & { parameters: Arrays }> {
  const net = regionNet(pooling);
  const steps = Math.max(2, Math.round(400 * lab.effort));
  const boxes = f32(batch * perImage, 5);
  const learning = learner({
    backend: lab.backend,
    parameterTypes: parameterTypesOf(net),
    initial: initialValues(net, lab.seed),
    inputs: { x: f32(batch, 1, side, side), rough: boxes, truth: boxes, classes: i32(batch * perImage) },
    loss: ({ x, rough, truth, classes }, parameters) => {
      const { scores, shifts } = net.bind(parameters)(x as Image, rough as Image);
      const wrong = smoothL1Loss(shifts as Tensor, boxShifts(rough as never, truth as never) as Tensor, { beta: 0.1 });
      return { loss: add(crossEntropy(scores as never, classes as never), mul(wrong as Tensor, 10)) };
    },
  });
  const rate = cosineSchedule({ learningRate: 0.003, steps });
  const points: (readonly [number, number])[] = [];
  try {
    await repeat(lab, `steps with RoI ${pooling}`, steps, (step) => {
      points.push([step, learning.step(draw(data, lab.seed, step), rate(step)).loss]);
    });
    return { parameters: learning.parameters(), points };
  } finally {
    learning.close();
  }
}

/** A random batch; its boxes name the images of the batch. */
function draw({ images, truth, rough, classes }: Boxed, seed: number, step: number): Arrays {
  const { uniform } = randomStream(seed, `batch/${step}`);
  const pixels = side * side;
  const chosen = {
    x: array(f32(batch, 1, side, side)),
    truth: array(f32(batch * perImage, 5)),
    rough: array(f32(batch * perImage, 5)),
    classes: array(i32(batch * perImage)),
  };
  for (let n = 0; n < batch; n++) {
    const from = Math.floor(uniform() * images.shape[0]!);
    chosen.x.data.set(images.data.subarray(from * pixels, (from + 1) * pixels), n * pixels);
    for (let k = 0; k < perImage; k++) {
      const [row, source] = [n * perImage + k, from * perImage + k];
      for (const [to, boxes] of [[chosen.truth, truth] as const, [chosen.rough, rough] as const]) {
        to.data.set(boxes.data.subarray(5 * source, 5 * source + 5), 5 * row);
        to.data[5 * row] = n;
      }
      chosen.classes.data[row] = classes.data[source]!;
    }
  }
  return chosen;
}

/** Moves rough boxes down the gradient of Σ shifts² until the head is content: the boxes are the parameters. */
async function byGradient(
  lab: LabOptions,
  pooling: Pooling,
  parameters: Arrays,
  { images, rough }: Boxed,
): Promise<NdArray> {
  const net = regionNet(pooling);
  const still = (given: NamedTensors, boxes: Tensor): Tensor => {
    const { x, ...values } = given;
    return sum(square(net.bind(values)(x as Image, boxes as Image).shifts)) as Tensor;
  };
  const feeds = { x: images, ...parameters };
  const moving = learner({
    backend: lab.backend,
    parameterTypes: { boxes: rough },
    initial: { boxes: rough },
    inputs: feeds,
    loss: (given, { boxes }) => ({ loss: still(given, boxes!) }),
  });
  const steps = Math.max(2, Math.round(60 * Math.min(1, lab.effort)));
  try {
    await repeat(lab, `boxes moved by gradients of RoI ${pooling}`, steps, (step) => {
      moving.step(feeds, 0.15 * (1 - step / steps));
    });
    return moving.parameters().boxes!;
  } finally {
    moving.close();
  }
}

function result(held: Boxed, outcomes: readonly Outcome[]): LabResult {
  const [align, pool] = outcomes as [Outcome, Outcome];
  const before = boxScores(held.rough, held.truth);
  const gradients = outcomes.map(({ moved }) => boxScores(moved, held.truth));
  const stayed = pool.moved.data.every((value: number, i: number) => value === held.rough.data[i]);
  return {
    claims: [
      {
        text: `the head with RoI align corrects boxes: IoU ${before.overlap.toFixed(3)} → ${align.scores.overlap.toFixed(3)}, edges off by ${before.error.toFixed(2)} → ${align.scores.error.toFixed(2)} pixels (IoU at least 0.08 more)`,
        holds: align.scores.overlap >= before.overlap + 0.08,
      },
      {
        text: `RoI align corrects them better than RoI pooling: off by ${align.scores.error.toFixed(2)} and ${pool.scores.error.toFixed(2)} pixels`,
        holds: align.scores.error < pool.scores.error,
      },
      {
        text: `and names ${(100 * align.accuracy).toFixed(0)} % of the figures right (chance 20 %; at least 60 %)`,
        holds: align.accuracy >= 0.6,
      },
      {
        text: `the gradient to the boxes alone improves them: IoU ${before.overlap.toFixed(3)} → ${gradients[0]!.overlap.toFixed(3)}; with RoI pooling it is zero, not one box moves`,
        holds: gradients[0]!.overlap > before.overlap + 0.01 && stayed,
      },
    ],
    tables: [
      {
        title: `${heldOut * perImage} held-out boxes of ${shapeKinds.length} kinds of figures`,
        head: ['boxes', 'IoU', 'edges off by (pixels)', 'figures named right in %'],
        rows: [
          ['as given', before.overlap, before.error, '–'],
          ...outcomes.map(({ pooling, scores, accuracy }) => [
            `corrected with RoI ${pooling}`,
            scores.overlap,
            scores.error,
            100 * accuracy,
          ]),
          ...outcomes.map(({ pooling }, k) => [
            `moved by gradients of RoI ${pooling}`,
            gradients[k]!.overlap,
            gradients[k]!.error,
            '–',
          ]),
        ],
      },
    ],
    curves: [
      {
        title: 'Training',
        x: 'step',
        y: 'loss',
        lines: outcomes.map(({ pooling, points }) => ({ name: `RoI ${pooling}`, points })),
      },
    ],
    pictures: [
      {
        name: 'boxes',
        caption: 'Held-out images: boxes as given (red) and as corrected with RoI align (green)',
        png: sheet(
          [0, 1, 2].map((n) =>
            boxPicture(imageOf(held.images, n), n, [
              [held.rough, [0.9, 0.2, 0.1]],
              [align.refined, [0.1, 0.9, 0.3]],
            ]),
          ),
          { zoom: 1 },
        ),
      },
    ],
  };
}

function accuracy(scores: NdArray, classes: NdArray): number {
  const kinds = shapeKinds.length;
  let right = 0;
  for (let n = 0; n < classes.data.length; n++) {
    const of = scores.data.subarray(n * kinds, (n + 1) * kinds);
    if (of[classes.data[n]!]! >= Math.max(...of)) right += 1;
  }
  return right / classes.data.length;
}
