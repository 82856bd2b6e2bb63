import type { NdArray } from '../graph/nd-array.ts';
import { encodePng } from '../io/index.ts';

/** How images are laid out. */
export interface SheetOptions {
  /** Images per row; all in one unless given. */
  readonly columns?: number;
  /** By which whole factor they are enlarged; until the longest side has about 192 pixels unless given. */
  readonly zoom?: number;
}

const panelSide = 192;
const gap = 4;

/**
 * Images side by side on white as a PNG. Each is [height, width], [1 or 3, height, width] or a batch of one such, with 0
 * for black and 1 for full; what lies outside is cut. Smaller ones stand in the top left corner of their place.
 */
export function sheet(images: readonly NdArray[], options: SheetOptions = {}): Uint8Array {
  const sizes = images.map(({ shape }) => ({ height: shape.at(-2)!, width: shape.at(-1)! }));
  const [height, width] = [Math.max(...sizes.map((s) => s.height)), Math.max(...sizes.map((s) => s.width))];
  const { columns = images.length, zoom = Math.max(1, Math.floor(panelSide / Math.max(height, width))) } = options;
  const rows = Math.ceil(images.length / columns);
  const across = columns * (width * zoom + gap) - gap;
  const down = rows * (height * zoom + gap) - gap;
  const data = new Uint8ClampedArray(3 * across * down).fill(255);
  images.forEach((image, k) => {
    const { height: h, width: w } = sizes[k]!;
    const [top, left] = [Math.floor(k / columns) * (height * zoom + gap), (k % columns) * (width * zoom + gap)];
    // A single plane is shown three times over.
    const plane = image.data.length === h * w ? 0 : h * w;
    for (let y = 0; y < h * zoom; y++)
      for (let x = 0; x < w * zoom; x++) {
        const from = Math.floor(y / zoom) * w + Math.floor(x / zoom);
        const to = 3 * ((top + y) * across + left + x);
        for (let c = 0; c < 3; c++) data[to + c] = 255 * image.data[from + c * plane]!;
      }
  });
  return encodePng({ width: across, height: down, channels: 3, data: new Uint8Array(data.buffer) });
}
