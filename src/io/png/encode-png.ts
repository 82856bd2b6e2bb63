import { encode } from 'fast-png';
import type { Rgb } from './raster.ts';

/** An interleaved 8- or 16-bit image to encode. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array | Uint16Array;
}

/** PNG bytes of grey or colour samples, with or without alpha; 16-bit where the samples are. */
export function encodePng({ width, height, channels, data }: Picture): Uint8Array {
  return encode({ width, height, channels, data, depth: data instanceof Uint16Array ? 16 : 8 });
}

/** PNG bytes of 8-bit palette indices. */
export function encodePalettePng(
  { width, height, data }: { readonly width: number; readonly height: number; readonly data: Uint8Array },
  palette: readonly Rgb[],
): Uint8Array {
  return encode({ width, height, channels: 1, depth: 8, data, palette: palette.map((colour) => [...colour]) });
}
