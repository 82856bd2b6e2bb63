import type { NdArray } from '../../../src/graph/nd-array.ts';

/** One channel of one image as a function of row and column. */
export type Plane = (row: number, column: number) => number;

export interface Regions {
  readonly x: NdArray;
  readonly boxes: NdArray;
  readonly bins: readonly [number, number];
  readonly scale: number;
}

/** The plane that a channel of a box's image is. */
export function planeOf({ x, boxes }: Regions, k: number, channel: number): Plane {
  const [, channels, height, width] = x.shape as readonly [number, number, number, number];
  const image = boxes.data[5 * k]!;
  return (row, column) => x.data[((image * channels + channel) * height + row) * width + column]!;
}

const rounded = (v: number): number => (v < 0 ? -Math.round(-v) : Math.round(v));

/** The whole elements that bin `i` of box k covers along an axis (0: rows), by torchvision's rule. */
export function binRange(
  { x, boxes, bins, scale }: Regions,
  k: number,
  axis: 0 | 1,
  i: number,
  rule: { readonly extra: number; readonly last: number },
): number[] {
  const start = rounded(boxes.data[5 * k + 2 - axis]! * scale);
  const end = rounded(boxes.data[5 * k + 4 - axis]! * scale);
  const bin = Math.max(end - start + rule.extra, 1) / bins[axis];
  const limit = x.shape[2 + axis]! + rule.last;
  const hold = (v: number): number => Math.min(Math.max(v, 0), limit);
  const [from, to] = [hold(Math.floor(i * bin) + start), hold(Math.ceil((i + 1) * bin) + start)];
  return Array.from({ length: Math.max(to - from, 0) }, (_, j) => from + j);
}

/** Linear interpolation with torchvision's border: nothing beyond −1 and the size, the end elements up to there. */
function interpolate(plane: Plane, height: number, width: number, y: number, x: number): number {
  if (y < -1 || y > height || x < -1 || x > width) return 0;
  const [row, column] = [Math.min(Math.max(y, 0), height - 1), Math.min(Math.max(x, 0), width - 1)];
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [below, right] = [Math.min(top + 1, height - 1), Math.min(left + 1, width - 1)];
  const [a, b] = [row - top, column - left];
  const upper = (1 - b) * plane(top, left) + b * plane(top, right);
  const lower = (1 - b) * plane(below, left) + b * plane(below, right);
  return (1 - a) * upper + a * lower;
}

/** The samples of bin (i, j) of box k in a plane. */
export function binSamples(
  regions: Regions,
  k: number,
  [i, j]: readonly [number, number],
  plane: Plane,
  { aligned, ratio, atLeastOne }: { readonly aligned: boolean; readonly ratio: number; readonly atLeastOne: boolean },
): number[] {
  const { x, boxes, bins, scale } = regions;
  const [height, width] = x.shape.slice(2) as [number, number];
  const positions = ([0, 1] as const).map((axis) => {
    const shift = aligned ? 0.5 : 0;
    const start = boxes.data[5 * k + 2 - axis]! * scale - shift;
    const span = boxes.data[5 * k + 4 - axis]! * scale - shift - start;
    const bin = (atLeastOne ? Math.max(span, 1) : span) / bins[axis];
    const count = Math.max(ratio > 0 ? ratio : Math.ceil(bin), 0);
    return Array.from({ length: count }, (_, s) => start + ([i, j][axis]! + (s + 0.5) / count) * bin);
  });
  return positions[0]!.flatMap((y) => positions[1]!.map((v) => interpolate(plane, height, width, y, v)));
}
