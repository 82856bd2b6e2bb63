import { describe, expect, it } from 'vitest';
import { effectiveReceptiveField, fieldOf, receptiveField } from '../../src/analysis/index.ts';
import { array, f64, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { conv1d, conv2d, maxPool2d, relu } from '../../src/index.ts';

const stack = (layers: number, kernel: number, between: (x: Tensor) => Tensor = (x) => x) => {
  const g = new GraphBuilder();
  let y: Tensor = g.input('x', f64(1, 3, 31, 31));
  for (let k = 0; k < layers; k++)
    y = between(conv2d(y, g.parameter(`w${k}`, f64(3, 3, kernel, kernel)), { padding: (kernel - 1) / 2 }) as Tensor);
  return g.build({ y });
};

describe('effectiveReceptiveField', () => {
  it.each([
    [4, 3],
    [8, 3],
    [3, 5],
  ])('of %i random convolutions of %i taps: a bell of deviation √(n(k² − 1)/12)', (layers, kernel) => {
    const { bells, fit, power, size } = effectiveReceptiveField(stack(layers, kernel), { draws: 20 });
    for (const { centre, sigma } of bells) {
      expect(Math.abs(centre - 15)).toBeLessThan(0.35);
      expect(sigma / Math.sqrt((layers * (kernel ** 2 - 1)) / 12)).toBeGreaterThan(0.85);
      expect(sigma / Math.sqrt((layers * (kernel ** 2 - 1)) / 12)).toBeLessThan(1.15);
    }
    expect(fit).toBeGreaterThan(0.75);
    expect(Array.from(power.data).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    // Much is read that hardly counts.
    expect(size).toBeLessThan(layers * (kernel - 1) + 1);
  });

  it('stands within what can be read, in nets with activations and pooling too', () => {
    const graph = stack(3, 3, (x) => (x.shape[2]! > 16 ? (maxPool2d(relu(x), { kernel: 2 }) as Tensor) : relu(x)));
    const { power } = effectiveReceptiveField(graph, { at: [0, 0, 4, 4], draws: 5, seed: 7 });
    const mask = fieldOf(graph, { at: [0, -1, 4, 4] });
    power.data.forEach((value, i) => {
      if (value > 0) expect(mask.data[i]).toBe(1);
    });
    expect(receptiveField(graph)[2]!.size).toBeGreaterThan(8);
  });

  it('of given weights is exact', () => {
    const g = new GraphBuilder();
    const y = conv1d(g.input('x', f64(1, 1, 9)), g.parameter('w', f64(1, 1, 3)), { padding: 1 });
    const values = () => ({ w: array(f64(1, 1, 3), [1, 2, 1]) });
    const { power, bells } = effectiveReceptiveField(g.build({ y }), { values, draws: 2 });
    expect([...power.data]).toEqual([0, 0, 0, 1 / 6, 4 / 6, 1 / 6, 0, 0, 0]);
    expect(bells).toEqual([{ centre: 4, sigma: Math.sqrt(1 / 3) }]);
  });
});
