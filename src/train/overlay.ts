import type { NdArray } from '../graph/nd-array.ts';
import type { Picture } from '../io/png/encode-png.ts';
import type { Rgb } from '../io/png/raster.ts';

/** Small pictures are enlarged by a whole factor until a panel's longer side has about this many pixels. */
const panelSide = 256;
const gap = 4;

/**
 * Image, truth (where known) and prediction side by side, `Picture` with 3 channels. Class 0 shows the image as it is, other classes
 * tint it with their colour of {@link classColours}.
 */
export function overlay(image: NdArray, truth: NdArray | undefined, prediction: NdArray): Picture {
  const [height, width] = [image.shape[1]!, image.shape[2]!];
  const zoom = Math.max(1, Math.floor(panelSide / Math.max(height, width)));
  const panels = [undefined, ...(truth === undefined ? [] : [truth]), prediction];
  const across = panels.length * width * zoom + (panels.length - 1) * gap;
  const data = new Uint8Array(across * height * zoom * 3).fill(255);
  const colours = classColours(256);
  panels.forEach((mask, p) => {
    const left = p * (width * zoom + gap);
    for (let y = 0; y < height * zoom; y++)
      for (let x = 0; x < width * zoom; x++) {
        const pixel = Math.floor(y / zoom) * width + Math.floor(x / zoom);
        const colour = mask === undefined || mask.data[pixel]! <= 0 ? undefined : colours[mask.data[pixel]! % 256];
        for (let c = 0; c < 3; c++) {
          const plane = image.shape[0] === 1 ? 0 : c;
          const value = 255 * Math.min(1, Math.max(0, image.data[plane * height * width + pixel]!));
          data[(y * across + left + x) * 3 + c] = Math.round(
            colour === undefined ? value : 0.45 * value + 0.55 * colour[c]!,
          );
        }
      }
  });
  return { width: across, height: height * zoom, channels: 3, data };
}

/** Okabe and Ito's colours, which people with any colour vision tell apart. */
const distinct: readonly Rgb[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [0, 114, 178],
  [213, 94, 0],
  [204, 121, 167],
];

/** A colour per class: black for class 0, then seven distinct ones, then darker turns of them. */
export function classColours(classes: number): Rgb[] {
  return Array.from({ length: classes }, (_, k): Rgb => {
    if (k === 0) return [0, 0, 0];
    const [r, g, b] = distinct[(k - 1) % distinct.length]!;
    const shade = 0.8 ** (Math.floor((k - 1) / distinct.length) % 8);
    return [Math.round(r * shade), Math.round(g * shade), Math.round(b * shade)];
  });
}
