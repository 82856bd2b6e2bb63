import type * as FastCheck from 'fast-check';
import { vjp } from '../../autodiff/vjp.ts';
import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  add,
  bceWithLogits,
  broadcastTo,
  concat,
  constant,
  crossEntropy,
  diceLoss,
  div,
  einsum,
  exp,
  flip,
  focalLoss,
  groupNorm,
  instanceNorm,
  jaccardLoss,
  layerNorm,
  log,
  logSoftmax,
  mul,
  type OverlapOptions,
  oneHot,
  reshape,
  roll,
  sigmoid,
  softmax,
  sub,
  sum,
  tverskyLoss,
} from '../../ops/index.ts';
import { sliceAlong } from '../../ops/shape/slice-along.ts';
import { type Law, type LawInput, law, statement } from './law.ts';
import { tabulate } from './places.ts';

/** Scores of classes at places, at least two classes. */
interface Scores {
  readonly batch: number;
  readonly classes: number;
  readonly places: number;
}

const scoresCase = (fc: typeof FastCheck): FastCheck.Arbitrary<Scores> =>
  fc.record({
    batch: fc.integer({ min: 1, max: 2 }),
    classes: fc.integer({ min: 2, max: 5 }),
    places: fc.integer({ min: 1, max: 4 }),
  });

const shapeOf = ({ batch, classes, places }: Scores): number[] => [batch, classes, places];
const labels = ({ batch, classes, places }: Scores): LawInput => ({
  shape: [batch, places],
  dtype: 'i32',
  draw: { kind: 'integers', low: 0, high: classes - 1 },
});

/** Logits are drawn from −2 to 2: exponentials, logarithms and sums of a few terms of about 1, and their roundings. */
const rounds = 200;
/** As large as anything on the way to a loss of such logits. */
const scale = (like: Tensor, most = 8): Tensor =>
  constant(like.graph, like, new Array<number>(like.shape.reduce((a, b) => a * b, 1)).fill(most)) as Tensor;
const asLabels = (t: Tensor): Tensor<Shape, 'i32'> => t as Tensor<Shape, 'i32'>;
const floatOf = ({ dtype }: Tensor): FloatDType => dtype as FloatDType;
/** The gradient of a sum, to be compared as a value of its own. */
const slopeOf = (y: Tensor, x: Tensor): Tensor =>
  vjp([sum(y)], [x], [constant(y.graph, { dtype: y.dtype, shape: [] }, [1]) as Tensor])[0]!;

export const lossLaws: readonly Law[] = [
  law({
    name: 'softmax: shifts',
    about: 'Adding one number to all classes changes no probability (operators.md 82).',
    ops: ['softmax', 'logSoftmax'],
    cases: scoresCase,
    state: (c) =>
      statement({ x: { shape: shapeOf(c) }, by: { shape: [c.batch, 1, c.places] } }, ({ x, by }) => [
        { of: 'softmax', left: softmax(add(x, by) as Tensor, 1), right: softmax(x, 1), wrt: ['x'] },
        { of: 'logSoftmax', left: logSoftmax(add(x, by) as Tensor, 1), right: logSoftmax(x, 1), wrt: ['x'] },
      ]),
  }),
  law({
    name: 'softmax: definition',
    about: 'Probabilities are e^x over their sum, of which logSoftmax is the logarithm (operators.md 82).',
    ops: ['softmax', 'logSoftmax'],
    cases: scoresCase,
    state: (c) =>
      statement({ x: { shape: shapeOf(c) } }, ({ x }) => {
        const left = softmax(x, 1);
        const exponentials = exp(x);
        const right = div(exponentials, sum(exponentials, { axes: 1, keepDims: true })) as Tensor;
        const size = scale(x);
        return [
          { of: 'softmax', left, right, rounds, size },
          {
            of: 'logSoftmax',
            left: logSoftmax(x, 1),
            right: log(left),
            rounds: 4 * rounds,
            size: mul(size, 60) as Tensor,
          },
          {
            of: 'the gradient',
            left: slopeOf(mul(left, x) as Tensor, x),
            right: slopeOf(mul(right, x) as Tensor, x),
            rounds,
            size,
          },
        ];
      }),
  }),
  law({
    name: 'softmax: no net change',
    about: 'Probabilities sum to 1, so the Jacobian takes equal cotangents, and equal shifts, to 0 (operators.md 82).',
    ops: ['softmax'],
    cases: scoresCase,
    state: (c) =>
      statement({ x: { shape: shapeOf(c) }, u: { shape: [c.batch, 1, c.places] } }, ({ x, u }) => {
        const same = broadcastTo(u, x.shape) as Tensor;
        const [zeros] = vjp([softmax(x, 1)], [x], [same]);
        const total = sum(softmax(x, 1), { axes: 1, keepDims: true }) as Tensor;
        return [
          { of: 'sums', left: total, right: new Array<number>(c.batch * c.places).fill(1), rounds, size: scale(total) },
          { of: 'J·1', left: zeros!, right: mul(x, 0) as Tensor, rounds, size: scale(x) },
        ];
      }),
  }),
  law({
    name: 'losses: cross-entropy',
    about: 'Cross-entropy is −ln p of the class, its gradient p − y over the places that count (operators.md 82).',
    ops: ['crossEntropy'],
    cases: scoresCase,
    state: (c) =>
      statement({ x: { shape: shapeOf(c) }, target: labels(c) }, ({ x, target }) => {
        const loss = crossEntropy(x, asLabels(target)) as Tensor;
        const each = crossEntropy(x, asLabels(target), { reduction: 'none' }) as Tensor;
        const chosen = oneHot(asLabels(target), c.classes, floatOf(x), 1) as Tensor;
        const right = mul(sub(softmax(x, 1), chosen), 1 / (c.batch * c.places)) as Tensor;
        return [
          { of: 'the gradient', left: slopeOf(loss, x), right, rounds, size: scale(x) },
          {
            of: 'the loss',
            left: each,
            right: ({ x, target }) =>
              tabulate([c.batch, c.places], ([n, p]) => {
                const scores = Array.from(
                  { length: c.classes },
                  (_, k) => x!.data[(n! * c.classes + k) * c.places + p!]!,
                );
                return Math.log(
                  scores.reduce((total, s) => total + Math.exp(s - scores[target!.data[n! * c.places + p!]!]!), 0),
                );
              }),
            rounds,
            size: scale(each),
          },
        ];
      }),
  }),
  law({
    name: 'losses: order of classes',
    about: 'The numbering of the classes does not matter (operators.md 82).',
    ops: ['crossEntropy', 'focalLoss', 'diceLoss'],
    cases: scoresCase,
    state: (c) =>
      statement({ x: { shape: shapeOf(c) }, target: labels(c) }, ({ x, target }) => {
        const turned = { x: flip(x, 1) as Tensor, target: asLabels(sub(c.classes - 1, target) as Tensor) };
        return [
          {
            of: 'cross-entropy',
            left: crossEntropy(x, asLabels(target)) as Tensor,
            right: crossEntropy(turned.x, turned.target) as Tensor,
          },
          {
            of: 'focal',
            left: focalLoss(x, asLabels(target)) as Tensor,
            right: focalLoss(turned.x, turned.target) as Tensor,
          },
          {
            of: 'Dice',
            left: diceLoss(x, asLabels(target)) as Tensor,
            right: diceLoss(turned.x, turned.target) as Tensor,
          },
        ].map((equation) => ({ ...equation, rounds, size: scale(equation.left) }));
      }),
  }),
  law({
    name: 'losses: two classes',
    about: 'The sigmoid of a logit is the softmax of 0 and it; so are their cross-entropies one (operators.md 82).',
    ops: ['bceWithLogits', 'crossEntropy', 'sigmoid'],
    cases: scoresCase,
    state: ({ batch, places }) => {
      const c = { batch, places, classes: 2 };
      return statement({ x: { shape: [batch, 1, places] }, target: labels(c) }, ({ x, target }) => {
        const both: Tensor = concat([mul(x, 0) as Tensor, x], 1);
        const share = oneHot(asLabels(target), 2, floatOf(x), 1) as Tensor;
        const loss = bceWithLogits(x, sliceAlong(share, 1, 1, 2)) as Tensor;
        const other = crossEntropy(both, asLabels(target)) as Tensor;
        const likely = sliceAlong(softmax(both, 1), 1, 1, 2);
        return [
          { of: 'the loss', left: loss, right: other, rounds, size: scale(loss) },
          { of: 'the gradient', left: slopeOf(loss, x), right: slopeOf(other, x), rounds, size: scale(x) },
          { of: 'the probability', left: sigmoid(x), right: likely, rounds, size: scale(x) },
        ];
      });
    },
  }),
  law({
    name: 'losses: Dice and Jaccard',
    about: 'D = 2·I / (1 + I); Tversky is Dice with ½ and ½, Jaccard with 1 and 1 (operators.md 71).',
    ops: ['diceLoss', 'jaccardLoss', 'tverskyLoss'],
    cases: scoresCase,
    state: (c) =>
      statement({ x: { shape: shapeOf(c) }, target: labels(c) }, ({ x, target }) => {
        const options: OverlapOptions<'none'> = { smooth: 0, reduction: 'none' };
        const of = asLabels(target);
        const [dice, jaccard] = [diceLoss(x, of, options) as Tensor, jaccardLoss(x, of, options) as Tensor];
        const overlap = sub(1, jaccard) as Tensor;
        const size = scale(dice);
        return [
          {
            of: 'D',
            left: sub(1, dice) as Tensor,
            right: div(mul(overlap, 2), add(overlap, 1)) as Tensor,
            rounds,
            size,
          },
          { of: 'Tversky ½', left: tverskyLoss(x, of, options) as Tensor, right: dice, rounds, size },
          {
            of: 'Tversky 1',
            left: tverskyLoss(x, of, { ...options, alpha: 1, beta: 1 }) as Tensor,
            right: jaccard,
            rounds,
            size,
          },
        ];
      }),
  }),
  law({
    name: 'losses: focal',
    about: 'With γ = 0 the focal loss is cross-entropy (Lin 2017).',
    ops: ['focalLoss', 'crossEntropy'],
    cases: scoresCase,
    state: (c) =>
      statement({ x: { shape: shapeOf(c) }, target: labels(c) }, ({ x, target }) => {
        const left = focalLoss(x, asLabels(target), { gamma: 0 }) as Tensor;
        const right = crossEntropy(x, asLabels(target)) as Tensor;
        return [
          { of: 'the loss', left, right, rounds, size: scale(left) },
          { of: 'the gradient', left: slopeOf(left, x), right: slopeOf(right, x), rounds, size: scale(x) },
        ];
      }),
  }),
  law({
    name: 'losses: Gram matrix',
    about:
      'The Gram matrix of features does not see where they are: shifts and turns leave it alone (operators.md 79; Gatys 2016).',
    ops: ['einsum', 'roll', 'flip'],
    cases: (fc) =>
      fc.record({
        channels: fc.integer({ min: 1, max: 3 }),
        places: fc.integer({ min: 1, max: 6 }),
        by: fc.integer({ min: 0, max: 5 }),
      }),
    state: ({ channels, places, by }) =>
      statement({ x: { shape: [2, channels, places] } }, ({ x }) => {
        const gram = (t: Tensor): Tensor => einsum('ncp,ndp->ncd', [t, t]) as Tensor;
        return [
          { of: 'a shifted image', left: gram(roll(x, by, 2)), right: gram(x), wrt: ['x'] },
          { of: 'a turned image', left: gram(flip(x, 2) as Tensor), right: gram(x), wrt: ['x'] },
        ];
      }),
  }),
  law({
    name: 'norms: groups',
    about:
      'Group normalisation with a group per channel is instance normalisation, with one group layer normalisation (Wu 2018).',
    ops: ['groupNorm', 'instanceNorm', 'layerNorm'],
    cases: (fc) => fc.record({ channels: fc.integer({ min: 1, max: 4 }), places: fc.integer({ min: 2, max: 5 }) }),
    state: ({ channels, places }) =>
      statement({ x: { shape: [2, channels, places], draw: { kind: 'distinct' } } }, ({ x }) => {
        const whole = reshape(layerNorm(reshape(x, [2, channels * places])) as Tensor, x.shape);
        const left = groupNorm(x, { groups: 1 }) as Tensor;
        // Distinct whole numbers, so the variance is no smaller than a quarter; their squares are exact.
        const size = scale(x, 64 * channels * places);
        return [
          {
            of: 'instances',
            left: groupNorm(x, { groups: channels }) as Tensor,
            right: instanceNorm(x) as Tensor,
            rounds,
            size,
          },
          { of: 'layers', left, right: whole, rounds, size },
        ];
      }),
  }),
];
