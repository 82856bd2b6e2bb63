import { describe, expect, test } from 'vitest';
import { costOf, headAlternatives, memoryOf } from '../../src/analysis/index.ts';
import { f32, f64, GraphBuilder } from '../../src/graph/index.ts';
import { add, conv2d, depthwiseConv2d } from '../../src/ops/index.ts';

describe('costs of the notes', () => {
  const graph = (() => {
    const g = new GraphBuilder();
    const y = conv2d(g.input('x', f32(1, 16, 28, 28)), g.parameter('w', f32(32, 16, 3, 3)), { padding: 1 });
    return g.build({ y: add(y, g.parameter('b', f32(1, 32, 1, 1))) });
  })();

  test('S0 4.3.1: FLOPs = H·W·C_out·(k²·C_in + 1), and as others count, 2·MACs + bias', () => {
    const seed = costOf(graph, { convention: 'seed' }).total;
    expect(seed.flops).toBe(28 * 28 * 32 * (3 ** 2 * 16 + 1));
    const formula = costOf(graph, { convention: 'formula' }).total;
    expect(formula.macs).toBe(28 * 28 * 32 * 3 ** 2 * 16);
    expect(formula.flops).toBe(2 * formula.macs + 28 * 28 * 32);
  });

  test('S0 4.3.2: MAC = FLOPs / 2', () => {
    const { macs, flops } = costOf(graph, { convention: 'seed' }).total;
    expect(macs).toBe(flops / 2);
  });

  test('S0 4.2.1, 4.2.2: features and weights take 4, 2 and 1 bytes a number', () => {
    for (const floatBytes of [4, 2, 1]) {
      const { features, weights } = memoryOf(graph, { floatBytes }).notes;
      expect([features, weights]).toEqual([28 * 28 * 32 * floatBytes, (3 * 3 * 16 * 32 + 32) * floatBytes]);
    }
  });

  test('S0 4.2.3: features and weights of all layers, and three times that', () => {
    const { features, weights, forward, training } = memoryOf(graph).notes;
    expect([forward, training]).toEqual([features + weights, 3 * (features + weights)]);
  });

  test('S2: an RGB image has 3 channels, a grey one 1, and n filters make n', () => {
    const g = new GraphBuilder();
    for (const channels of [1, 3]) {
      const y = conv2d(
        g.input(`x${channels}`, f64(1, channels, 8, 8)),
        g.input(`w${channels}`, f64(5, channels, 3, 3)),
      );
      expect(y.shape[1]).toBe(5);
    }
  });

  test('S0 4.3.1: depthwise separable, H·W·C_in·k² and H·W·C_in·C_out', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(1, 16, 28, 28));
    const planes = depthwiseConv2d(x, g.parameter('depthwise', f32(16, 1, 3, 3)), { padding: 1 });
    const separable = g.build({ y: conv2d(planes, g.parameter('pointwise', f32(32, 16, 1, 1))) });
    const { macs, parameters } = costOf(separable, { convention: 'formula' }).total;
    expect(macs).toBe(28 * 28 * 16 * 3 ** 2 + 28 * 28 * 16 * 32);
    expect(parameters.count).toBe(3 * 3 * 16 + 1 * 1 * 16 * 32);
  });

  test('S0 1.1.3: global pooling in place of a fully connected layer saves its parameters', () => {
    const { dense, sparse } = headAlternatives({ channels: 512, height: 7, width: 7, classes: 10 });
    expect([dense, sparse].map(({ total }) => total.parameters.count)).toEqual([512 * 7 * 7 * 10 + 10, 512 * 10 + 10]);
  });
});
