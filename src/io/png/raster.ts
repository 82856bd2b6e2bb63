/** A decoded PNG: samples as the file holds them, one per array element, channels interleaved. */
export interface Raster {
  /** Where it came from, for errors. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** 1 grey or palette, 2 grey + alpha, 3 RGB, 4 RGB + alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  readonly samples: Uint8Array | Uint16Array;
  /** RGB per index, 0–255, where the samples are palette indices. */
  readonly palette?: readonly Rgb[];
}

/** Red, green, blue, each 0–255. */
export type Rgb = readonly [number, number, number];
