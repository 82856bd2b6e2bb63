import type { Backend } from '../../backends/backend.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { f64 } from '../../graph/type.ts';
import { randomStream } from '../../nn/index.ts';
import { conv2d } from '../../ops/index.ts';
import { shapesDataset } from '../../train/data/shapes-dataset.ts';
import { evaluate } from '../evaluate.ts';

/** A picture, how it was blurred, and what came of it. */
export interface BlurredScene {
  /** The truth, f64[1, 1, side, side]: multiples of 1/256 from 0 to 1 with a black frame. */
  readonly x: NdArray;
  /** A kernel f64[1, 1, 9, 9] of multiples of 1/65536 with a sum of 1. */
  readonly w: NdArray;
  /** conv(x, w), exactly. */
  readonly blurred: NdArray;
  /** The same with noise. */
  readonly y: NdArray;
}

/** Zeros around the kernel, so that results are as large as x. */
export const padding = 4;

/**
 * A grey scene blurred with binomial weights, nearly a Gaussian of σ = √2, and with normal noise of that deviation. The frame is as
 * wide as the kernel, so that it does not matter what is supposed to be around the picture.
 */
export function blurredScene(seed: number, side: number, noise: number, backend: Backend): BlurredScene {
  const { data } = shapesDataset({ size: side, classes: 6, count: 1, seed }).samples[0]!.image;
  const plane = side * side;
  const x = array(f64(1, 1, side, side));
  for (let i = 0; i < plane; i++) {
    const [row, column] = [Math.floor(i / side), i % side];
    const frame = Math.min(row, column, side - 1 - row, side - 1 - column) < 2 * padding;
    const grey = 0.299 * data[i]! + 0.587 * data[plane + i]! + 0.114 * data[2 * plane + i]!;
    x.data[i] = frame ? 0 : Math.round(256 * grey) / 256;
  }
  const taps = [1, 8, 28, 56, 70, 56, 28, 8, 1];
  const w = array(
    f64(1, 1, 9, 9),
    taps.flatMap((a) => taps.map((b) => (a * b) / 65536)),
  );
  const blurred = evaluate(backend, { x, w }, ({ x, w }) => ({ y: conv2d(x!, w!, { padding }) })).y!;
  const { normal } = randomStream(seed, 'noise');
  const y = array(
    blurred,
    Float64Array.from(blurred.data, (value) => value + noise * normal()),
  );
  return { x, w, blurred, y };
}
