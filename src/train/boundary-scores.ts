import type { NdArray } from '../graph/nd-array.ts';

/**
 * How well the borders of classes are found: the boundary F1 measure of Csurka, Larlus, Perronnin and Meylan ("What is a good evaluation
 * measure for semantic segmentation?", BMVC 2013). A class's boundary are its pixels with a 4-neighbour of another class. Precision is the
 * share of the predicted boundary within a tolerance of the true one, recall the share of the true boundary within it of the predicted
 * one; distances are Euclidean, between the middles of pixels. F1 is their harmonic mean, per image and class.
 *
 * A class's score is the mean over the images where it has a boundary in truth or prediction (0 where only in one of them). Pixels whose
 * truth is no class have no boundary, nor do their neighbours have one towards them; the image's border is none.
 */
export class BoundaryScores {
  readonly #sums: Float64Array;
  readonly #images: Int32Array;
  readonly #tolerance: number | undefined;

  /** `tolerance` in pixels; 0.75 % of the image's diagonal, as in the paper, but at least one pixel unless given. */
  constructor(classes: number, tolerance?: number) {
    this.#sums = new Float64Array(classes);
    this.#images = new Int32Array(classes);
    this.#tolerance = tolerance;
  }

  /** Adds an image: masks `[height, width]` of equal size. */
  add(truth: NdArray, prediction: NdArray): void {
    const classes = this.#sums.length;
    const [height, width] = [truth.shape[0]!, truth.shape[1]!];
    const tolerance = this.#tolerance ?? Math.max(1, 0.0075 * Math.hypot(height, width));
    const counts = (i: number): boolean => truth.data[i]! >= 0 && truth.data[i]! < classes;
    const wanted = boundaries(truth.data, counts, height, width, classes);
    const found = boundaries(prediction.data, counts, height, width, classes);
    for (let k = 0; k < classes; k++) {
      const [there, here] = [wanted[k]!, found[k]!];
      if (there.length + here.length === 0) continue;
      this.#images[k]! += 1;
      if (there.length === 0 || here.length === 0) continue;
      const precision = near(here, there, height, width, tolerance) / here.length;
      const recall = near(there, here, height, width, tolerance) / there.length;
      if (precision + recall > 0) this.#sums[k]! += (2 * precision * recall) / (precision + recall);
    }
  }

  /** Per class; null for one that has had no boundary. */
  get f1(): (number | null)[] {
    return Array.from(this.#sums, (sum, k) => (this.#images[k] === 0 ? null : sum / this.#images[k]!));
  }
}

/** The boundary pixels of each class. */
function boundaries(
  mask: NdArray['data'],
  counts: (i: number) => boolean,
  height: number,
  width: number,
  classes: number,
): number[][] {
  const found = Array.from({ length: classes }, (): number[] => []);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const k = mask[i]!;
      if (!counts(i)) continue;
      const differs = (j: number): boolean => mask[j] !== k && counts(j);
      if (
        (x > 0 && differs(i - 1)) ||
        (x < width - 1 && differs(i + 1)) ||
        (y > 0 && differs(i - width)) ||
        (y < height - 1 && differs(i + width))
      )
        found[k]!.push(i);
    }
  return found;
}

/** How many of these pixels lie within the tolerance of one of those. */
function near(
  these: readonly number[],
  those: readonly number[],
  height: number,
  width: number,
  tolerance: number,
): number {
  // Distance to the nearest of those in the same row; then a disc is a look at the rows that it meets.
  const beside = new Int32Array(height * width).fill(width + Math.ceil(tolerance));
  for (const i of those) beside[i] = 0;
  for (let i = 1; i < beside.length; i++) if (i % width !== 0) beside[i] = Math.min(beside[i]!, beside[i - 1]! + 1);
  for (let i = beside.length - 2; i >= 0; i--)
    if (i % width !== width - 1) beside[i] = Math.min(beside[i]!, beside[i + 1]! + 1);
  const reach = Math.floor(tolerance);
  const squared = tolerance * tolerance;
  let count = 0;
  for (const i of these) {
    const y = Math.floor(i / width);
    const [up, down] = [Math.max(-reach, -y), Math.min(reach, height - 1 - y)];
    for (let d = up; d <= down; d++)
      if (d * d + beside[i + d * width]! ** 2 <= squared) {
        count += 1;
        break;
      }
  }
  return count;
}
