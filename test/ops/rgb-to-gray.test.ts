import { expect, it } from 'vitest';
import { array, f64, GraphBuilder, rgbToGray } from '../../src/index.ts';
import { runGraph } from './run-graph.ts';

const gray = (shape: readonly number[], weights?: Parameters<typeof rgbToGray>[1]): number[] => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(...shape));
  const size = shape.reduce((a, b) => a * b, 1);
  const feeds = {
    x: array(
      f64(...shape),
      Array.from({ length: size }, (_, i) => i + 1),
    ),
  };
  return Array.from(runGraph({ y: rgbToGray(x, weights) }, feeds).y.data);
};

it('weighs the channels, per pixel', () => {
  // Pixels 1, 2 of red, 3, 4 of green, 5, 6 of blue.
  expect(gray([1, 3, 1, 2], [100, 10, 1])).toEqual([135, 246]);
  expect(gray([1, 3, 1, 2], 'bt709')[0]).toBeCloseTo(0.2126 + 3 * 0.7152 + 5 * 0.0722, 12);
});

it('keeps grey grey by both standards', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(1, 3, 1));
  for (const standard of ['bt601', 'bt709'] as const)
    expect(runGraph({ y: rgbToGray(x, standard) }, { x: array(f64(1, 3, 1), [7, 7, 7]) }).y.data[0]).toBeCloseTo(7, 12);
});

it('refuses what has no three channels, and unknown weights', () => {
  expect(() => gray([1, 4, 1])).toThrow('gray/channels');
  expect(() => gray([1, 3, 1], 'bt2020' as 'bt601')).toThrow('option/value');
});
