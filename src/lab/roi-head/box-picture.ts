import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32 } from '../../graph/type.ts';

/** Red, green and blue in 0 … 1. */
type Colour = readonly [number, number, number];

/** By how much pictures are enlarged, so that edges between pixels show. */
const zoom = 4;

/** One image [1, H, W] of a batch enlarged, with the outlines of its boxes (image, x1, y1, x2, y2), later sets over earlier ones. */
export function boxPicture(
  image: NdArray,
  n: number,
  sets: readonly (readonly [boxes: NdArray, colour: Colour])[],
): NdArray {
  const [height, width] = [image.shape[1]! * zoom, image.shape[2]! * zoom];
  const picture = array(f32(3, height, width));
  const plane = height * width;
  for (let i = 0; i < 3 * plane; i++) {
    const [y, x] = [Math.floor((i % plane) / width), i % width];
    picture.data[i] = image.data[Math.floor(y / zoom) * (width / zoom) + Math.floor(x / zoom)]!;
  }
  const dot = (x: number, y: number, colour: Colour): void => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    colour.forEach((value, c) => {
      picture.data[c * plane + y * width + x] = value;
    });
  };
  for (const [boxes, colour] of sets)
    for (let k = 0; k < boxes.shape[0]!; k++) {
      if (boxes.data[5 * k] !== n) continue;
      const [x1, y1, x2, y2] = [1, 2, 3, 4].map((e) => Math.round(zoom * boxes.data[5 * k + e]!)) as [
        number,
        number,
        number,
        number,
      ];
      for (let x = x1; x <= x2; x++) for (const y of [y1, y2]) dot(x, y, colour);
      for (let y = y1; y <= y2; y++) for (const x of [x1, x2]) dot(x, y, colour);
    }
  return picture;
}
