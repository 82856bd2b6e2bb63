import type { NdArray } from '../../graph/nd-array.ts';

/** How near boxes are to the true ones, on average. */
export interface BoxScores {
  /** What two boxes share of what they cover together. */
  readonly overlap: number;
  /** The distance of an edge from where it should be, in pixels. */
  readonly error: number;
}

/** Compares boxes (image, x1, y1, x2, y2), row by row. */
export function boxScores(boxes: NdArray, truth: NdArray): BoxScores {
  const count = boxes.shape[0]!;
  let [overlap, error] = [0, 0];
  for (let k = 0; k < count; k++) {
    const [a, b] = [boxes, truth].map(({ data }) => Array.from(data.subarray(5 * k + 1, 5 * k + 5))) as [
      [number, number, number, number],
      [number, number, number, number],
    ];
    overlap += overlapOf(a, b) / count;
    for (let e = 0; e < 4; e++) error += Math.abs(a[e]! - b[e]!) / (4 * count);
  }
  return { overlap, error };
}

type Box = readonly [number, number, number, number];

function overlapOf(a: Box, b: Box): number {
  const area = ([x1, y1, x2, y2]: Box): number => Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
  const both: Box = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  return area(both) / (area(a) + area(b) - area(both));
}
