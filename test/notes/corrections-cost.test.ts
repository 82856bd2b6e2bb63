import { describe, expect, test } from 'vitest';
import { costOf, memoryOf, separableAlternatives } from '../../src/analysis/index.ts';
import { valueAndGrad } from '../../src/autodiff/index.ts';
import { f32, f64, GraphBuilder, i32, type Tensor } from '../../src/graph/index.ts';
import { adam, declareParameters, trainStep, unet } from '../../src/nn/index.ts';
import {
  add,
  type ConvCost,
  conv2d,
  crossEntropy,
  defaultConvCost,
  fftConv2d,
  mean,
  square,
} from '../../src/ops/index.ts';
import { decides } from './page.ts';

describe('corrections of memory and cost', () => {
  test('41: features have a batch, gradients and company', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(8, 3, 16, 16));
    const w = g.parameter('w', f32(4, 3, 3, 3));
    const y = conv2d(x, w, { padding: 1 });
    const { value, gradients } = valueAndGrad(mean(square(y)) as Tensor<[], 'f32'>, { w });
    const forward = memoryOf(g.build({ y }));
    const training = memoryOf(g.build({ loss: value, ...gradients }));
    const formula = 16 * 16 * 4 * 4;
    expect(forward.notes.features).toBe(8 * formula);
    expect(training.peak).toBeGreaterThan(8 * formula);
    decides(
      41,
      `16×16×4 features: ${formula} bytes by the formula, ${forward.peak} for a batch of 8, ${training.peak} at the widest moment with their gradient`,
    );
  });

  test('42: weights have a size in bytes and biases', () => {
    const { sparse } = separableAlternatives({ channels: 64, outputs: 64, kernel: 3, height: 56, width: 56 });
    const { count, bytes } = sparse.total.parameters;
    expect(count).toBe(3 * 3 * 64 + 1 * 1 * 64 * 64);
    decides(
      42,
      `3×3 depthwise and 1×1, 64 → 64: the formula's ${count} are numbers; FP32 takes ${bytes} bytes, with biases ${bytes + 4 * (64 + 64)}`,
    );
  });

  test('43: training does not take three times the sum', () => {
    const found = [1, 16].map((batch) => {
      const net = unet({ inChannels: 1, classes: 2, width: 8, depth: 2 });
      const step = trainStep({
        net,
        optimizer: adam(),
        x: f32(batch, 1, 32, 32),
        target: i32(batch, 32, 32),
        loss: (scores, target) =>
          crossEntropy(scores as Tensor<number[], 'f32'>, target as Tensor<number[], 'i32'>) as never,
      });
      const g = new GraphBuilder();
      const scores = net.apply(g.input('x', f32(batch, 1, 32, 32)), declareParameters(g, net.parameterTypes));
      const rule = memoryOf(g.build({ scores })).notes.training;
      const { kept, total } = memoryOf(step.graph);
      return { ratio: total / rule, copies: kept.state / kept.parameter };
    });
    expect(found[0]!.copies).toBeCloseTo(2, 2);
    decides(
      43,
      `a step of Adam on a U-Net, 32×32: ${found.map(({ ratio }) => ratio.toFixed(2)).join(' and ')} times the rule with 1 and 16 images; Adam keeps ${found[0]!.copies.toFixed(0)} more copies of the weights, of features none`,
    );
  });

  test('44: what the notes call FLOPs are multiply-adds', () => {
    const g = new GraphBuilder();
    const y = conv2d(g.input('x', f32(1, 64, 56, 56)), g.parameter('w', f32(64, 64, 3, 3)), { padding: 1 });
    const graph = g.build({ y: add(y, g.parameter('b', f32(1, 64, 1, 1))) });
    const [seed, formula] = (['seed', 'formula'] as const).map((convention) => costOf(graph, { convention }).total);
    expect(seed!.flops).toBe(56 * 56 * 64 * (9 * 64 + 1));
    expect(formula!.flops).toBe(2 * formula!.macs + 56 * 56 * 64);
    decides(
      44,
      `3×3, 64 → 64, 56×56: ${seed!.flops} FLOPs and ${seed!.macs} MACs by the notes; ${formula!.macs} multiply-adds, ${formula!.flops} FLOPs`,
    );
  });

  test('45: where transforms pay', () => {
    const from = (cost: ConvCost): number => {
      for (let k = 1; ; k++) {
        const g = new GraphBuilder();
        const [x, w] = [g.input('x', f64(1, 1, 64, 64)), g.input('w', f64(1, 1, k, k))];
        const y = fftConv2d(x, w, { padding: Math.floor(k / 2), cost });
        if (g.build({ y }).nodes.some(({ op }) => op.name === 'dft')) return k;
      }
    };
    // A pass of a transform takes five additions and multiplications per number; moving is free.
    const counted = from({ multiplyAdd: 1, butterfly: 2.5, product: 1, move: 0 });
    let notes = 1;
    while (notes ** 2 <= Math.log2(64 * 64)) notes += 1;
    expect(counted).toBeGreaterThan(notes);
    decides(
      45,
      `64×64, one channel: from k = ${notes} by the notes, from k = ${counted} by counting operations, from k = ${from(defaultConvCost)} by what they cost the reference backend`,
    );
  });
});
