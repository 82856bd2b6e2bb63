import type { NdArray } from '../graph/nd-array.ts';
import type { Picture } from '../io/png/encode-png.ts';
import type { Rgb } from '../io/png/raster.ts';

/** Small pictures are enlarged by a whole factor until a panel's longer side has about this many pixels. */
const panelSide = 288;
const gap = 4;

/**
 * Image, truth (where known) and prediction side by side, `Picture` with 3 channels. Class 0 shows the image as it is, other classes
 * its brightness in their colour of {@link classColours}.
 */
export function overlay(image: NdArray, truth: NdArray | undefined, prediction: NdArray): Picture {
  const [height, width] = [image.shape[1]!, image.shape[2]!];
  const zoom = Math.max(1, Math.floor(panelSide / Math.max(height, width)));
  const panels = [undefined, ...(truth === undefined ? [] : [truth]), prediction];
  const across = panels.length * width * zoom + (panels.length - 1) * gap;
  const data = new Uint8Array(across * height * zoom * 3).fill(255);
  panels.forEach((mask, p) => {
    const panel = tinted(image, mask);
    for (let y = 0; y < height * zoom; y++) {
      let at = (y * across + p * (width * zoom + gap)) * 3;
      for (let x = 0; x < width; x++) {
        const from = (Math.floor(y / zoom) * width + x) * 3;
        for (let k = 0; k < zoom; k++) for (let c = 0; c < 3; c++) data[at++] = panel[from + c]!;
      }
    }
  });
  return { width: across, height: height * zoom, channels: 3, data };
}

/** Red, green and blue per pixel. A colour over a colour would look like a third one: of the image only brightness shines through. */
function tinted(image: NdArray, mask: NdArray | undefined): Uint8ClampedArray {
  const plane = image.data.length / image.shape[0]!;
  const [green, blue] = image.shape[0] === 1 ? [0, 0] : [plane, 2 * plane];
  const colours = classColours(256);
  const result = new Uint8ClampedArray(3 * plane);
  for (let i = 0; i < plane; i++) {
    const [r, g, b] = [255 * image.data[i]!, 255 * image.data[green + i]!, 255 * image.data[blue + i]!];
    const brightness = 0.299 * r + 0.587 * g + 0.114 * b;
    const tint = mask === undefined || mask.data[i]! <= 0 ? undefined : colours[mask.data[i]! % 256]!;
    result[3 * i] = tint === undefined ? r : 0.45 * brightness + 0.55 * tint[0];
    result[3 * i + 1] = tint === undefined ? g : 0.45 * brightness + 0.55 * tint[1];
    result[3 * i + 2] = tint === undefined ? b : 0.45 * brightness + 0.55 * tint[2];
  }
  return result;
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
