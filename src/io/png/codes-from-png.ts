import type { Raster, Rgb } from './raster.ts';

/** What a mask's pixels stand for in its file: palette indices, grey values or colours. */
export type CodeKind = 'palette' | 'grey' | 'rgb';

/** A mask as its file has it: one code per pixel, in row-major order. */
export interface Codes {
  readonly path: string;
  readonly kind: CodeKind;
  readonly width: number;
  readonly height: number;
  /** Palette index, grey value (0–65535), or 0xRRGGBB (the high eight bits of 16-bit samples). Alpha is left out. */
  readonly codes: Int32Array;
  readonly palette?: readonly Rgb[];
}

/** Reads a raster as a mask. */
export function codesFromPng({ path, width, height, channels, depth, samples, palette }: Raster): Codes {
  const codes = new Int32Array(width * height);
  const shift = depth === 16 ? 8 : 0;
  for (let i = 0; i < codes.length; i++) {
    const at = i * channels;
    codes[i] =
      channels >= 3
        ? ((samples[at]! >> shift) << 16) | ((samples[at + 1]! >> shift) << 8) | (samples[at + 2]! >> shift)
        : samples[at]!;
  }
  if (palette !== undefined) return { path, kind: 'palette', width, height, codes, palette };
  return { path, kind: channels >= 3 ? 'rgb' : 'grey', width, height, codes };
}
