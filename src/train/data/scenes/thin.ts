import { array, type NdArray } from '../../../graph/nd-array.ts';
import { f32, i32 } from '../../../graph/type.ts';
import { type Random, randomInteger } from '../../random.ts';
import { randomHills } from '../shapes/pattern.ts';

/** A thin curve: a chain of straight pieces that turns gently. Pixels whose middles lie within half its width of it are its own. */
export interface Curve {
  readonly kind: number;
  /** In pixels, 1 to 3. */
  readonly width: number;
  /** x and y in turn. */
  readonly points: readonly number[];
  readonly brightness: number;
}

/** Length of a curve's pieces, in pixels. */
const piece = 2;

/** Curves that cross each other, later ones on top. With two classes widths are anything from 1 to 3; with more, each class has its own. */
export function randomCurves(draw: Random, size: number, classes: number): Curve[] {
  const count = Math.max(2, Math.round((size / 24) * (1 + draw.uniform())));
  return Array.from({ length: Math.max(count, classes - 1) }, (_, i) => {
    // The first ones show every class.
    const kind = i < classes - 1 ? i + 1 : 1 + randomInteger(draw, classes - 1);
    const width = classes === 2 ? 1 + 2 * draw.uniform() : 1 + (2 * (kind - 1)) / (classes - 2);
    let [x, y] = [draw.uniform() * size, draw.uniform() * size];
    let angle = draw.uniform() * 2 * Math.PI;
    let bend = 0;
    const points = [x, y];
    const pieces = Math.round((size / piece) * (0.5 + draw.uniform()));
    for (let k = 0; k < pieces; k++) {
      // The curvature wanders and is drawn back to straight.
      bend = 0.9 * bend + 0.06 * draw.normal();
      angle += bend;
      x += piece * Math.cos(angle);
      y += piece * Math.sin(angle);
      points.push(x, y);
    }
    return { kind, width, points, brightness: 0.55 + 0.35 * draw.uniform() };
  });
}

/** Thin bright curves on a dark, mottled, noisy ground, grey. Masks are exact. */
export function drawThin(draw: Random, size: number, classes: number): { image: NdArray; mask: NdArray } {
  const image = array(f32(1, size, size));
  const mask = array(i32(size, size));
  const hills = randomHills(draw, Math.max(4, size / 8));
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) image.data[y * size + x] = 0.15 + 0.25 * hills(x, y);
  for (const curve of randomCurves(draw, size, classes)) paintCurve(image, mask, size, curve);
  for (let i = 0; i < image.data.length; i++)
    image.data[i] = Math.min(1, Math.max(0, image.data[i]! + 0.05 * draw.normal()));
  return { image, mask };
}

function paintCurve(image: NdArray, mask: NdArray, size: number, { kind, width, points, brightness }: Curve): void {
  const nearest = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY);
  const reach = width / 2 + 1;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [ax, ay, bx, by] = [points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!];
    const [first, last] = [
      Math.max(0, Math.floor(Math.min(ay, by) - reach)),
      Math.min(size - 1, Math.ceil(Math.max(ay, by) + reach)),
    ];
    for (let y = first; y <= last; y++)
      for (
        let x = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
        x <= Math.min(size - 1, Math.ceil(Math.max(ax, bx) + reach));
        x++
      ) {
        const at = y * size + x;
        nearest[at] = Math.min(nearest[at]!, distanceToPiece(x + 0.5, y + 0.5, ax, ay, bx, by));
      }
  }
  for (let i = 0; i < nearest.length; i++) {
    const outside = nearest[i]! - width / 2;
    if (outside <= 0) mask.data[i] = kind;
    const cover = Math.min(1, Math.max(0, 0.5 - outside));
    image.data[i] = image.data[i]! + cover * (brightness - image.data[i]!);
  }
}

function distanceToPiece(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
