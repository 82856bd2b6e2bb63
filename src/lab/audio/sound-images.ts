import type { Backend } from '../../backends/backend.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32 } from '../../graph/type.ts';
import { add, mul, rfft } from '../../ops/index.ts';
import { evaluate } from '../evaluate.ts';

/** A sound of values within about ±4 drawn as a dark line on white, [height, width]: from the least to the greatest of each column. */
export function waveform(sound: ArrayLike<number>, height: number, width: number): NdArray {
  const image = array(f32(height, width));
  image.data.fill(1);
  const row = (value: number): number =>
    Math.min(height - 1, Math.max(0, Math.round(((4 - value) / 8) * (height - 1))));
  for (let x = 0; x < width; x++) {
    const from = Math.floor((x * sound.length) / width);
    const to = Math.max(from + 1, Math.floor(((x + 1) * sound.length) / width));
    const values = Array.from({ length: to - from }, (_, k) => sound[from + k]!);
    for (let y = row(Math.max(...values)); y <= row(Math.min(...values)); y++) image.data[y * width + x] = 0.15;
  }
  return image;
}

const [window, hop] = [256, 64];

/** Loudness by time and frequency, low frequencies below: white is −70 dB and less, black the loudest there can be, [129, frames]. */
export function spectrogram(sound: ArrayLike<number>, backend: Backend): NdArray {
  const frames = Math.max(1, Math.floor((sound.length - window) / hop) + 1);
  const pieces = array(f32(frames, window));
  for (let n = 0; n < frames; n++)
    for (let t = 0; t < window; t++)
      pieces.data[n * window + t] = sound[n * hop + t]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * t) / window));
  const { power } = evaluate(backend, { x: pieces }, ({ x }) => {
    const { real, imag } = rfft(x!);
    return { power: add(mul(real, real), mul(imag, imag)) };
  });
  const bins = window / 2 + 1;
  const image = array(f32(bins, frames));
  for (let n = 0; n < frames; n++)
    for (let k = 0; k < bins; k++) {
      const decibels = 10 * Math.log10(power!.data[n * bins + k]! / (window / 4) ** 2 + 1e-9);
      image.data[(bins - 1 - k) * frames + n] = Math.min(1, Math.max(0, -decibels / 70));
    }
  return image;
}
