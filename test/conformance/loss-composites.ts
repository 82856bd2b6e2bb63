import type { Draw } from '../../src/graph/op.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  bce,
  bceWithLogits,
  constant,
  contentLoss,
  diceLoss,
  focalLoss,
  gram,
  huberLoss,
  jaccardLoss,
  klDivergence,
  l1Loss,
  lovaszHinge,
  lovaszSoftmax,
  sigmoidFocalLoss,
  smoothL1Loss,
  styleLoss,
  tverskyLoss,
} from '../../src/ops/index.ts';
import type { Composite } from './composites.ts';

const pair = { x: f64(2, 3), target: f64(2, 3) };
const shares: Draw = { kind: 'range', low: 0.125, high: 0.875 };
const classes: Draw = { kind: 'integers', low: 0, high: 2 };
const quarters: Draw = { kind: 'distinct', offset: 0.25 };
const labelled = { x: f64(2, 3, 2, 2), target: i32(2, 2, 2) };

const smooth = (types: Composite['types'], f: Composite['f'], rest: Partial<Composite> = {}): Composite => ({
  types,
  f,
  order: 2,
  ...rest,
});
const onClasses = (f: (x: Tensor, target: Tensor) => Tensor): Composite =>
  smooth(labelled, (t) => f(t.x!, t.target!), { draw: { target: classes } });
/** Differences on both sides of ±2. */
const distances = (f: (x: Tensor, target: Tensor) => Tensor, degree: number): Composite => ({
  types: { x: f64(9), target: f64() },
  degree: { x: degree, target: degree },
  dyadic: true,
  order: 3,
  f: (t) => f(t.x!, t.target!),
  draw: { x: { kind: 'between', step: 2 }, target: { kind: 'range', low: -0.0625, high: 0.0625 } },
});

type Feature = Tensor<Shape, 'f64'>;

/** Losses. */
export const lossComposites: { readonly [name: string]: Composite } = {
  l1Loss: distances((x, target) => l1Loss(x, target, { reduction: 'sum' }) as Tensor, 1),
  huberLoss: distances((x, target) => huberLoss(x, target, { delta: 2, reduction: 'none' }) as Tensor, 2),
  smoothL1Loss: distances((x, target) => smoothL1Loss(x, target, { beta: 2, reduction: 'none' }) as Tensor, 2),
  bce: smooth(pair, (t) => bce(t.x!, t.target!) as Tensor, { draw: { x: shares, target: shares } }),
  'bce, weighted': smooth(
    { ...pair, weights: f64(3) },
    (t) => bce(t.x!, t.target!, { weights: t.weights!, reduction: 'none' }) as Tensor,
    { draw: { x: shares, target: shares } },
  ),
  bceWithLogits: smooth(
    { ...pair, positive: f64(3) },
    (t) => bceWithLogits(t.x!, t.target!, { positiveWeights: t.positive!, reduction: 'sum' }) as Tensor,
    { draw: { target: shares, positive: shares } },
  ),
  klDivergence: smooth(pair, (t) => klDivergence(t.x!, t.target!, { reduction: 'batchmean' }) as Tensor, {
    draw: { target: shares },
  }),
  'klDivergence of logarithms': smooth(pair, (t) => klDivergence(t.x!, t.target!, { logTarget: true }) as Tensor),
  focalLoss: onClasses((x, target) => focalLoss(x, target, { gamma: 1.5, ignoreIndex: 1 }) as Tensor),
  'focalLoss, weighted': smooth(
    { ...labelled, weights: f64(3) },
    (t) => focalLoss(t.x!, t.target!, { weights: t.weights!, reduction: 'none' }) as Tensor,
    { draw: { target: classes, weights: shares } },
  ),
  sigmoidFocalLoss: smooth(pair, (t) => sigmoidFocalLoss(t.x!, t.target!) as Tensor, { draw: { target: shares } }),
  'diceLoss, shares, sigmoid': smooth(
    { x: f64(2, 1, 3), target: f64(2, 1, 3) },
    (t) => diceLoss(t.x!, t.target!, { activation: 'sigmoid', reduction: 'none' }) as Tensor,
    { draw: { target: shares } },
  ),
  jaccardLoss: onClasses((x, target) => jaccardLoss(x, target, { ignoreIndex: 2, images: 'apart' }) as Tensor),
  'tverskyLoss, focal': onClasses(
    (x, target) => tverskyLoss(x, target, { alpha: 0.3, beta: 0.7, gamma: 0.75, classes: [0, 2] }) as Tensor,
  ),
  ...Object.fromEntries(
    (['present', 'all', [2, 0]] as const).map((which) => [
      `lovaszSoftmax of probabilities, ${which} classes`,
      {
        types: { x: f64(1, 3, 5) },
        degree: { x: 1 },
        order: 3,
        f: (t, g) =>
          lovaszSoftmax(t.x!, constant(g, i32(1, 5), [0, 2, 1, 2, 0]) as Tensor, {
            activation: 'none',
            classes: which,
            ignoreIndex: 1,
          }) as Tensor,
        draw: { x: quarters },
      } satisfies Composite,
    ]),
  ),
  'lovaszHinge, images apart': {
    types: { x: f64(2, 4), target: i32(2, 4) },
    degree: { x: 1 },
    order: 3,
    f: (t) => lovaszHinge(t.x!, t.target! as Tensor<Shape, 'i32'>, { images: 'apart', reduction: 'none' }) as Tensor,
    draw: { x: quarters, target: { kind: 'integers', low: 0, high: 1 } },
  },
  contentLoss: {
    types: pair,
    degree: { x: 2, target: 2 },
    dyadic: true,
    order: 3,
    f: (t) => contentLoss(t.x!, t.target!) as Tensor,
  },
  gram: {
    types: { x: f64(2, 2, 2, 3) },
    degree: { x: 2 },
    dyadic: true,
    order: 3,
    f: (t) => gram(t.x! as Feature) as Tensor,
  },
  'styleLoss of two layers, the style larger': {
    types: { x: f64(1, 2, 1, 2), y: f64(1, 1, 2, 1), style: f64(1, 2, 2, 2) },
    degree: { x: 4, y: 4, style: 4 },
    dyadic: true,
    order: 3,
    f: (t, g) =>
      styleLoss([t.x!, t.y!], [t.style!, constant(g, f64(1, 1, 1, 2), [1, 2]) as Tensor], {
        weights: [1, 0.5],
      }) as Tensor,
  },
};
