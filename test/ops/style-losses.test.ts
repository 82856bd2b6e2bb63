import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f64 } from '../../src/graph/type.ts';
import { contentLoss, gram, styleLoss, tile } from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const whole = fc.integer({ min: -8, max: 8 });
const features = (count: number) => fc.array(whole, { minLength: count, maxLength: count });

describe('gram', () => {
  it('is the sum over places of what every two channels are together', () => {
    fc.assert(
      fc.property(features(24), (values) => {
        const g = new GraphBuilder();
        const { y } = runGraph({ y: gram(g.input('x', f64(2, 3, 2, 2))) }, { x: array(f64(2, 3, 2, 2), values) });
        expect(y.shape).toEqual([2, 3, 3]);
        for (let n = 0; n < 2; n++)
          for (let k = 0; k < 3; k++)
            for (let l = 0; l < 3; l++) {
              let sum = 0;
              for (let p = 0; p < 4; p++) sum += values[12 * n + 4 * k + p]! * values[12 * n + 4 * l + p]!;
              expect(y.data[9 * n + 3 * k + l]).toBe(sum);
            }
      }),
    );
  });

  it('refuses what has no places', () => {
    const x = new GraphBuilder().input('x', f64(2, 3));
    expect(() => gram(x)).toThrow('gram/rank');
  });
});

describe('styleLoss', () => {
  const of = (x: number[], style: number[], scale: number) => {
    const g = new GraphBuilder();
    const [a, b] = [g.input('x', f64(1, 2, 2, 3)), g.input('s', f64(1, 2, 2, 3))];
    const larger = tile(b, [1, 1, scale, scale]);
    const feeds = { x: array(f64(1, 2, 2, 3), x), s: array(f64(1, 2, 2, 3), style) };
    return runGraph({ loss: styleLoss([a], [larger]), a: gram(a), b: gram(b) }, feeds);
  };

  it('is Gatys’ 1 / (2 I J K)² Σ (G − A)² where the sizes are the same', () => {
    fc.assert(
      fc.property(features(12), features(12), (x, style) => {
        const { loss, a, b } = of(x, style, 1);
        const sum = Array.from(a.data).reduce((total, value, i) => total + (value - b.data[i]!) ** 2, 0);
        expect(loss.item()).toBeCloseTo(sum / (2 * 2 * 3 * 2) ** 2, 9);
      }),
    );
  });

  it('does not see how large the style is: repeated, it is the same style', () => {
    fc.assert(
      fc.property(features(12), features(12), (x, style) => {
        expect(of(x, style, 2).loss.item()).toBeCloseTo(of(x, style, 1).loss.item(), 9);
      }),
    );
  });

  it('does not see where things are, which the content loss does', () => {
    const g = new GraphBuilder();
    const [a, b] = [g.input('x', f64(1, 1, 2, 2)), g.input('s', f64(1, 1, 2, 2))];
    const feeds = { x: array(f64(1, 1, 2, 2), [1, 2, 3, 4]), s: array(f64(1, 1, 2, 2), [4, 3, 2, 1]) };
    const { style, content } = runGraph({ style: styleLoss([a], [b]), content: contentLoss(a, b) }, feeds);
    expect(style.item()).toBe(0);
    expect(content.item()).toBe((9 + 1 + 1 + 9) / 2);
  });

  it('weighs layers', () => {
    const g = new GraphBuilder();
    const [a, b] = [g.input('x', f64(1, 1, 1, 1)), g.input('s', f64(1, 1, 1, 1))];
    const feeds = { x: array(f64(1, 1, 1, 1), [2]), s: array(f64(1, 1, 1, 1), [0]) };
    const { loss } = runGraph({ loss: styleLoss([a, a], [b, b], { weights: [1, 0.5] }) }, feeds);
    expect(loss.item()).toBe(1.5 * (16 / 4));
  });

  it('refuses layers that do not belong together', () => {
    const g = new GraphBuilder();
    const [a, b] = [g.input('x', f64(1, 2, 2, 2)), g.input('s', f64(1, 3, 2, 2))];
    expect(() => styleLoss([a], [b])).toThrow('style-loss/layers');
    expect(() => styleLoss([a], [])).toThrow('style-loss/layers');
    expect(() => styleLoss([a], [a], { weights: [1, 2] })).toThrow('style-loss/layers');
    expect(() => styleLoss([], [])).toThrow('style-loss/layers');
  });
});
