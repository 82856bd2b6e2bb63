import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  add,
  bce,
  bceWithLogits,
  crossEntropy,
  diceLoss,
  div,
  exp,
  focalLoss,
  huberLoss,
  jaccardLoss,
  klDivergence,
  l1Loss,
  log,
  lovaszHinge,
  lovaszSoftmax,
  mean,
  mul,
  oneHot,
  type Reduction,
  sigmoid,
  sigmoidFocalLoss,
  smoothL1Loss,
  softmax,
  sub,
  tverskyLoss,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const real = fc.double({ min: -4, max: 4, noNaN: true });
const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const scores = (count: number) => fc.array(real, { minLength: count, maxLength: count });
const labels = (count: number, classes = 3) => fc.array(fc.nat(classes - 1), { minLength: count, maxLength: count });

/** Both sides of an equality of losses of logits [2,3,4] and classes [2,4]. */
function equalOnClasses(sides: (x: Tensor<[2, 3, 4], 'f64'>, t: Tensor<[2, 4], 'i32'>) => [Tensor, Tensor]): void {
  fc.assert(
    fc.property(scores(24), labels(8), (x, t) => {
      const g = new GraphBuilder();
      const [a, b] = sides(g.input('x', f64(2, 3, 4)), g.input('t', i32(2, 4)));
      const got = runGraph({ a, b }, { x: array(f64(2, 3, 4), x), t: array(i32(2, 4), t) });
      expect([...got.a.shape]).toEqual([...got.b.shape]);
      for (const [i, v] of got.a.data.entries()) expect(v).toBeCloseTo(got.b.data[i]!, 10);
    }),
    { numRuns: 40 },
  );
}

describe('losses over classes', () => {
  it('the focal loss without focus is the cross-entropy', () => {
    for (const reduction of ['mean', 'sum', 'none'] as Reduction[])
      equalOnClasses((x, t) => [
        focalLoss(x, t, { gamma: 0, ignoreIndex: 2, reduction }) as Tensor,
        crossEntropy(x, t, { ignoreIndex: 2, reduction }) as Tensor,
      ]);
  });

  it('Tversky with halves is Dice with half the smoothing, with ones Jaccard', () => {
    equalOnClasses((x, t) => [tverskyLoss(x, t, { smooth: 0.5 }) as Tensor, diceLoss(x, t, { smooth: 1 }) as Tensor]);
    equalOnClasses((x, t) => [
      tverskyLoss(x, t, { alpha: 1, beta: 1, ignoreIndex: 0, images: 'apart', reduction: 'none' }),
      jaccardLoss(x, t, { ignoreIndex: 0, images: 'apart', reduction: 'none' }),
    ]);
  });

  it('D = 2I / (1 + I) of Dice and Jaccard scores, class by class', () => {
    equalOnClasses((x, t) => {
      const score = (loss: Tensor): Tensor => sub(1, loss) as Tensor;
      const none = { smooth: 1e-300, reduction: 'none' } as const;
      const jaccard = score(jaccardLoss(x, t, none));
      return [score(diceLoss(x, t, none)), div(mul(jaccard, 2), add(jaccard, 1)) as Tensor];
    });
  });

  it('classes as numbers or as shares, logits or probabilities, make no difference', () => {
    equalOnClasses((x, t) => [
      diceLoss(x, oneHot(t, 3, 'f64', 1) as Tensor<[2, 3, 4], 'f64'>, { classes: [2, 1] }) as Tensor,
      diceLoss(softmax(x, 1), t, { activation: 'none', classes: [1, 2] }) as Tensor,
    ]);
  });

  it('a perfect prediction costs nothing', () => {
    equalOnClasses((x, t) => {
      const sure = mul(oneHot(t, 3, 'f64', 1), 1e4) as Tensor<[2, 3, 4], 'f64'>;
      const losses = [diceLoss(sure, t), jaccardLoss(sure, t), lovaszSoftmax(sure, t), focalLoss(sure, t)] as Tensor[];
      return [losses.reduce((a, b) => add(a, b) as Tensor), mul(mean(x), 0) as Tensor];
    });
  });

  it('refuses what does not exist', () => {
    const g = new GraphBuilder();
    const [x, t] = [g.input('x', f64(2, 3, 4)), g.input('t', i32(2, 4))];
    expect(() => jaccardLoss(x, t, { classes: [3] })).toThrow(/overlap\/classes/);
    expect(() => diceLoss(x, t, { activation: 'exp' as never })).toThrow(/overlap\/activation/);
    expect(() => diceLoss(x, x, { ignoreIndex: 1 })).toThrow(/loss\/ignore/);
    expect(() => focalLoss(x, t, { gamma: -1 })).toThrow(/loss\/gamma/);
    expect(() => lovaszSoftmax(x, t, { images: 'both' as never })).toThrow(/loss\/images/);
    expect(() => lovaszHinge(x, t as never)).toThrow(/lovasz\/target/);
    const feeds = { x: array(x), t: array(t, [0, 1, 2, 3, 0, 0, 0, 0]) };
    for (const loss of [lovaszSoftmax(x, t), diceLoss(x, t), focalLoss(x, t)])
      expect(() => runGraph({ loss: loss as Tensor }, feeds)).toThrow(/gather\/position/);
  });
});

/** The loss as its authors write it: errors in falling order times differences of the Jaccard loss. */
function lovaszOf(errors: readonly number[], inClass: readonly boolean[]): number {
  const order = [...errors.keys()].sort((a, b) => errors[b]! - errors[a]! || a - b);
  const total = inClass.filter(Boolean).length;
  let [both, either, before, loss] = [total, total, 0, 0];
  for (const i of order) {
    if (inClass[i]) both -= 1;
    else either += 1;
    const jaccard = 1 - both / either;
    loss += errors[i]! * (jaccard - before);
    before = jaccard;
  }
  return loss;
}

describe('Lovász', () => {
  it('softmax: the mean of the extension over classes, as its authors compute it', () => {
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 24, maxLength: 24 }),
        labels(8),
        fc.constantFrom('present', 'all', [1, 2]),
        fc.constantFrom('together', 'apart'),
        fc.option(fc.nat(2), { nil: undefined }),
        (x, t, classes, images, ignoreIndex) => {
          const g = new GraphBuilder();
          const y = lovaszSoftmax(g.input('x', f64(2, 3, 4)), g.input('t', i32(2, 4)), {
            activation: 'none',
            classes: classes as 'present' | 'all' | number[],
            images: images as 'together' | 'apart',
            ...(ignoreIndex === undefined ? {} : { ignoreIndex }),
          }) as Tensor;
          const got = runGraph({ y }, { x: array(f64(2, 3, 4), x), t: array(i32(2, 4), t) }).y.item();
          const ofImages = (group: readonly number[]): number => {
            const at = group.flatMap((n) => [0, 1, 2, 3].map((p) => [n, p] as const));
            const counted = at.filter(([n, p]) => t[4 * n + p] !== ignoreIndex);
            const members = (c: number) => counted.map(([n, p]) => t[4 * n + p] === c);
            const loss = (c: number) =>
              lovaszOf(
                counted.map(([n, p]) => {
                  const v = x[12 * n + 4 * c + p]!;
                  return t[4 * n + p] === c ? 1 - v : v;
                }),
                members(c),
              );
            const list = classes === 'present' ? [0, 1, 2].filter((c) => members(c).some(Boolean)) : classes;
            const losses = (list === 'all' ? [0, 1, 2] : (list as number[])).map(loss);
            return losses.reduce((a, b) => a + b, 0) / Math.max(1, losses.length);
          };
          const wanted = images === 'together' ? ofImages([0, 1]) : (ofImages([0]) + ofImages([1])) / 2;
          expect(got).toBeCloseTo(wanted, 10);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('hinge: the extension at hinge errors', () => {
    fc.assert(
      fc.property(scores(6), labels(6, 2), (x, t) => {
        const g = new GraphBuilder();
        const y = lovaszHinge(g.input('x', f64(6)), g.input('t', i32(6))) as Tensor;
        const got = runGraph({ y }, { x: array(f64(6), x), t: array(i32(6), t) }).y.item();
        const errors = x.map((v, i) => 1 - (t[i] === 1 ? v : -v));
        const order = lovaszOf(
          errors,
          t.map((l) => l === 1),
        );
        // Where no error is negative, the rectifier changes nothing.
        if (errors.every((e) => e >= 0)) expect(got).toBeCloseTo(order, 10);
        expect(got).toBeGreaterThanOrEqual(order - 1e-12);
      }),
    );
  });

  it('at corners it is the Jaccard loss itself', () => {
    // Errors of 0 and 1 only: the extension equals the set function.
    const g = new GraphBuilder();
    const y = lovaszSoftmax(g.input('x', f64(1, 2, 4)), g.input('t', i32(1, 4)), { activation: 'none', classes: [1] });
    const x = [0, 0, 1, 1, 1, 1, 0, 0];
    const got = runGraph({ y: y as Tensor }, { x: array(f64(1, 2, 4), x), t: array(i32(1, 4), [1, 0, 1, 0]) });
    expect(got.y.item()).toBeCloseTo(1 - 1 / 3, 12);
  });
});

describe('losses element by element', () => {
  const both = (f: (x: Tensor<[4], 'f64'>, t: Tensor<[4], 'f64'>) => [Tensor, Tensor], target = share): void => {
    fc.assert(
      fc.property(scores(4), fc.array(target, { minLength: 4, maxLength: 4 }), (x, t) => {
        const g = new GraphBuilder();
        const [a, b] = f(g.input('x', f64(4)), g.input('t', f64(4)));
        const got = runGraph({ a, b }, { x: array(f64(4), x), t: array(f64(4), t) });
        for (const [i, v] of got.a.data.entries()) expect(v).toBeCloseTo(got.b.data[i]!, 9);
      }),
      { numRuns: 40 },
    );
  };

  it('cross-entropy of logits is that of their sigmoid', () =>
    both((x, t) => [bceWithLogits(x, t) as Tensor, bce(sigmoid(x), t) as Tensor]));
  it('the binary focal loss without focus and balance is the cross-entropy', () =>
    both((x, t) => [
      sigmoidFocalLoss(x, t, { alpha: -1, gamma: 0, reduction: 'none' }) as Tensor,
      bceWithLogits(x, t, { reduction: 'none' }) as Tensor,
    ]));
  it('divergences of targets and of their logarithms agree', () =>
    both((x, t) => [
      klDivergence(x, t, { reduction: 'batchmean' }) as Tensor,
      klDivergence(x, log(t), { logTarget: true, reduction: 'batchmean' }) as Tensor,
    ]));
  it('a distribution does not diverge from itself', () =>
    both((_, t) => [klDivergence(log(t), t, { reduction: 'none' }) as Tensor, mul(t, 0) as Tensor]));
  it('the smooth L1 loss is Huber’s divided by beta, and L1 for beta 0', () => {
    both((x, t) => [smoothL1Loss(x, t, { beta: 0.5 }) as Tensor, mul(huberLoss(x, t, { delta: 0.5 }), 2) as Tensor]);
    both((x, t) => [smoothL1Loss(x, t, { beta: 0, reduction: 'sum' }) as Tensor, mul(l1Loss(x, t), 4) as Tensor]);
  });
  it('certain and wrong costs 100 per element, certain and right nothing', () => {
    const g = new GraphBuilder();
    const [p, t] = [g.input('p', f64(4)), g.input('t', f64(4))];
    const feeds = { p: array(p, [0, 1, 0, 1]), t: array(t, [0, 1, 1, 0]) };
    const y = runGraph({ y: bce(p, t, { reduction: 'none' }) as Tensor }, feeds).y;
    expect(Array.from(y.data, (v) => Math.round(v * 1e9) / 1e9 + 0)).toEqual([0, 0, 100, 100]);
  });
  it('a target of zero shares nothing', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2));
    const y = klDivergence(x, exp(mul(x, 1e9)), { reduction: 'none' }) as Tensor;
    expect(Array.from(runGraph({ y }, { x: array(x, [-3, -0.5]) }).y.data, (v) => v + 0)).toEqual([0, 0]);
  });
  it('refuses distances that are none', () => {
    const x = new GraphBuilder().input('x', f64(2));
    expect(() => huberLoss(x, x, { delta: 0 })).toThrow(/loss\/distance/);
    expect(() => smoothL1Loss(x, x, { beta: -1 })).toThrow(/loss\/distance/);
  });
});
