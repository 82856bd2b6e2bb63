import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/nn/random.ts';
import { philox4x32, type Words } from '../../src/ops/random/philox.ts';

describe('philox4x32', () => {
  // kat_vectors of the Random123 distribution, "philox 4x32 10".
  const published: readonly (readonly [counter: Words, key: readonly [number, number], block: Words])[] = [
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ];
  test.each(published)('gives the published block for counter %j and key %j', (counter, key, block) => {
    expect(philox4x32(counter, key)).toEqual(block);
  });
});

describe('randomStream', () => {
  const draws = (seed: number, name: string, count: number) => {
    const { uniform } = randomStream(seed, name);
    return Array.from({ length: count }, uniform);
  };

  test('repeats for the same seed and name, and for no other', () => {
    expect(draws(7, 'w', 20)).toEqual(draws(7, 'w', 20));
    const others = [draws(8, 'w', 20), draws(7 + 2 ** 32, 'w', 20), draws(7, 'v', 20), draws(7, 'w.', 20)];
    for (const other of others) for (const value of draws(7, 'w', 20)) expect(other).not.toContain(value);
  });

  test('uniform numbers fill [0, 1) evenly', () => {
    const count = 100_000;
    const values = draws(1, 'uniform', count);
    expect(values.every((v) => v >= 0 && v < 1)).toBe(true);
    const bins = new Array<number>(50).fill(0);
    for (const v of values) bins[Math.floor(v * 50)]!++;
    const expected = count / 50;
    // χ² with 49 degrees of freedom exceeds 94 once in ten thousand seeds; this seed is fixed.
    expect(bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(94);
  });

  test('normal numbers have the moments of the standard normal', () => {
    const count = 200_000;
    const { normal } = randomStream(2, 'normal');
    const values = Array.from({ length: count }, normal);
    const moment = (k: number) => values.reduce((sum, v) => sum + v ** k, 0) / count;
    // Four standard errors of each estimate: √1, √2, √15, √96.
    const error = 4 / Math.sqrt(count);
    expect(Math.abs(moment(1))).toBeLessThan(error);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(error * Math.sqrt(2));
    expect(Math.abs(moment(3))).toBeLessThan(error * Math.sqrt(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(error * Math.sqrt(96));
  });

  test('neighbouring numbers are uncorrelated, within a stream and between streams', () => {
    const count = 100_000;
    const a = draws(3, 'a', count).map((v) => v - 0.5);
    const b = draws(3, 'b', count).map((v) => v - 0.5);
    const correlation = (x: readonly number[], y: readonly number[]) =>
      (12 * x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0)) / count;
    const bound = 4 / Math.sqrt(count);
    expect(Math.abs(correlation(a, a.slice(1)))).toBeLessThan(bound);
    expect(Math.abs(correlation(a, a.slice(2)))).toBeLessThan(bound);
    expect(Math.abs(correlation(a, b))).toBeLessThan(bound);
  });
});
