import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32 } from '../../graph/type.ts';
import type { Raster } from './raster.ts';

/** Channels of an image as a net sees it. */
export type ImageChannels = 1 | 3;

/** 3 for colour rasters (a palette counts as colour unless all its colours are grey), 1 for grey ones. */
export function naturalChannels({ channels, palette }: Raster): ImageChannels {
  if (palette !== undefined) return palette.every(([r, g, b]) => r === g && g === b) ? 1 : 3;
  return channels >= 3 ? 3 : 1;
}

/**
 * A raster as `f32[channels, height, width]` in [0, 1], whatever its depth.
 * Grey becomes RGB by repetition, RGB grey by 0.299 R + 0.587 G + 0.114 B; alpha is left out.
 */
export function imageFromPng(raster: Raster, channels: ImageChannels): NdArray {
  const { width, height, samples, palette } = raster;
  const pixels = width * height;
  const image = array(f32(channels, height, width));
  const scale = palette === undefined ? 1 / (2 ** raster.depth - 1) : 1 / 255;
  const colour = palette !== undefined || raster.channels >= 3;
  const sampleAt = (pixel: number, channel: number): number =>
    palette === undefined ? samples[pixel * raster.channels + channel]! : palette[samples[pixel]!]![channel]!;
  for (let i = 0; i < pixels; i++) {
    if (channels === 3) for (let c = 0; c < 3; c++) image.data[c * pixels + i] = sampleAt(i, colour ? c : 0) * scale;
    else if (!colour) image.data[i] = samples[i * raster.channels]! * scale;
    else image.data[i] = (0.299 * sampleAt(i, 0) + 0.587 * sampleAt(i, 1) + 0.114 * sampleAt(i, 2)) * scale;
  }
  return image;
}
