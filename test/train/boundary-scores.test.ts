import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { i32 } from '../../src/graph/type.ts';
import { BoundaryScores } from '../../src/train/boundary-scores.ts';

const maskOf = (height: number, width: number, data: readonly number[]): NdArray => array(i32(height, width), data);
const f1 = (classes: number, pairs: readonly (readonly [NdArray, NdArray])[], tolerance?: number) => {
  const scores = new BoundaryScores(classes, tolerance);
  for (const [truth, prediction] of pairs) scores.add(truth, prediction);
  return scores.f1;
};

const pairs = fc
  .record({ height: fc.integer({ min: 1, max: 7 }), width: fc.integer({ min: 1, max: 7 }) })
  .chain(({ height, width }) => {
    const mask = fc
      .array(fc.integer({ min: 0, max: 2 }), { minLength: height * width, maxLength: height * width })
      .map((data) => maskOf(height, width, data));
    return fc.tuple(mask, mask);
  });

/** The definition, word by word: all pairs of pixels. */
function byDefinition(truth: NdArray, prediction: NdArray, k: number, tolerance: number): number | null {
  const [height, width] = [truth.shape[0]!, truth.shape[1]!];
  const points = ({ data }: NdArray): [number, number][] => {
    const at = (y: number, x: number): number | undefined =>
      y < 0 || x < 0 || y >= height || x >= width ? undefined : data[y * width + x]!;
    const all: [number, number][] = [];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const around = [at(y - 1, x), at(y + 1, x), at(y, x - 1), at(y, x + 1)].filter((c) => c !== undefined);
        if (at(y, x) === k && around.some((c) => c !== k)) all.push([y, x]);
      }
    return all;
  };
  const [wanted, found] = [points(truth), points(prediction)];
  if (wanted.length + found.length === 0) return null;
  if (wanted.length === 0 || found.length === 0) return 0;
  const near = (a: [number, number][], b: [number, number][]): number =>
    a.filter(([y, x]) => b.some(([v, u]) => (y - v) ** 2 + (x - u) ** 2 <= tolerance ** 2)).length / a.length;
  const [precision, recall] = [near(found, wanted), near(wanted, found)];
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

describe('boundary F1', () => {
  test.prop([pairs, fc.constantFrom(0, 1, Math.SQRT2, 2, 3.5)])('is what its definition says', ([a, b], tolerance) => {
    f1(3, [[a, b]], tolerance).forEach((score, k) => {
      const wanted = byDefinition(a, b, k, tolerance);
      if (wanted === null) expect(score).toBe(null);
      else expect(score).toBeCloseTo(wanted, 12);
    });
  });

  test.prop([pairs])('is 1 of a perfect prediction, and the same with truth and prediction exchanged', ([a, b]) => {
    expect(f1(3, [[a, a]]).every((score) => score === null || score === 1)).toBe(true);
    expect(f1(3, [[a, b]])).toEqual(f1(3, [[b, a]]));
  });

  it('forgives a shift within the tolerance only', () => {
    const bar = (left: number): NdArray =>
      maskOf(
        20,
        20,
        Array.from({ length: 400 }, (_, i) => (i % 20 >= left && i % 20 < left + 6 ? 1 : 0)),
      );
    expect(f1(2, [[bar(5), bar(7)]], 2)).toEqual([1, 1]);
    expect(f1(2, [[bar(5), bar(7)]], 1)).toEqual([0, 0]);
  });

  it('is a mean over images, of those alone where a class has a boundary', () => {
    const half = maskOf(1, 8, [0, 0, 0, 0, 1, 1, 1, 1]);
    const none = maskOf(1, 8, [0, 0, 0, 0, 0, 0, 0, 0]);
    expect(
      f1(3, [
        [half, half],
        [half, none],
        [none, none],
      ]),
    ).toEqual([0.5, 0.5, null]);
  });

  it('takes no notice of pixels that are no class', () => {
    const truth = maskOf(1, 6, [0, 0, -1, -1, 1, 1]);
    expect(f1(2, [[truth, maskOf(1, 6, [0, 0, 0, 1, 1, 1])]])).toEqual([null, null]);
    expect(f1(2, [[maskOf(1, 6, [0, 1, -1, -1, 1, 1]), maskOf(1, 6, [0, 1, 0, 0, 1, 1])]], 0)).toEqual([1, 1]);
  });
});
