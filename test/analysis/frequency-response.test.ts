import { describe, expect, it } from 'vitest';
import { frequencyResponse } from '../../src/analysis/index.ts';
import { avgPool1d, blurPool, flip, gaussianBlur, type Tensor } from '../../src/index.ts';

const image = (x: Tensor) => x as Tensor<[1, 1, number]>;

describe('frequencyResponse', () => {
  it.each([2, 3, 5])('of the mean of %i is a periodic sinc, side lobes included', (kernel) => {
    const n = 30;
    const hi = Math.floor(kernel / 2);
    const pool = (x: Tensor) => avgPool1d(image(x), { kernel, stride: 1, padding: [[kernel - 1 - hi, hi]] });
    const { data } = frequencyResponse(pool, [n]);
    for (let k = 1; k < n; k++) {
      const angle = (Math.PI * k) / n;
      expect(data[k]).toBeCloseTo(Math.abs(Math.sin(kernel * angle) / (kernel * Math.sin(angle))), 12);
    }
    expect(data[0]).toBeCloseTo(1, 12);
  });

  it('of a Gaussian falls all the way to the limit, as that of a mean does not', () => {
    const { data } = frequencyResponse((x) => gaussianBlur(image(x), { sigma: 1 }), [32]);
    for (let k = 1; k <= 16; k++) expect(data[k]!).toBeLessThan(data[k - 1]!);
    const mean = frequencyResponse((x) => avgPool1d(image(x), { kernel: 3, stride: 1, padding: 1 }), [32]).data;
    expect(Array.from({ length: 15 }, (_, k) => mean[k + 2]! > mean[k + 1]!)).toContain(true);
  });

  it('in two dimensions is the product of those along the axes for separable filters', () => {
    const blur = (x: Tensor) =>
      blurPool(x as Tensor<[1, 1, number, number]>, { stride: 1, kernel: 3, padding: 'zero' });
    const line = (x: Tensor) => blurPool(image(x), { stride: 1, kernel: 3, padding: 'zero' });
    const [rows, columns] = [frequencyResponse(line, [8]).data, frequencyResponse(line, [10]).data];
    const { data, shape } = frequencyResponse(blur, [8, 10]);
    expect(shape).toEqual([8, 10]);
    for (const [i, value] of data.entries())
      expect(value).toBeCloseTo(rows[Math.floor(i / 10)]! * columns[i % 10]!, 12);
  });

  it('refuses filters that change the size', () => {
    expect(() => frequencyResponse((x) => avgPool1d(image(x), { kernel: 2 }), [8])).toThrow('frequency-response/size');
    expect(() => frequencyResponse((x) => flip(x, [0]), [2, 2, 2])).toThrow('frequency-response/size');
  });
});
