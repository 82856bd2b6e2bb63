import type { NdArray } from '../../graph/nd-array.ts';
import { type Panel, tinted } from './tinted.ts';

/** Where a prediction is wrong: red; what is right is pale. Pixels whose truth is no class are neither: they show the image. */
export function mistakes(image: NdArray, truth: NdArray, prediction: NdArray): Panel {
  const panel = tinted(image);
  for (let i = 0; i < truth.data.length; i++) {
    if (truth.data[i]! < 0) continue;
    const isWrong = truth.data[i] !== prediction.data[i];
    const grey = (panel[3 * i]! + panel[3 * i + 1]! + panel[3 * i + 2]!) / 3;
    panel[3 * i] = isWrong ? 215 : 150 + 0.35 * grey;
    panel[3 * i + 1] = isWrong ? 35 : 150 + 0.35 * grey;
    panel[3 * i + 2] = isWrong ? 45 : 150 + 0.35 * grey;
  }
  return panel;
}
