import { join } from 'node:path';
import type { NdArray } from '../graph/nd-array.ts';
import { encodePng } from '../io/png/encode-png.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import type { Sample } from './data/dataset.ts';
import { overlay } from './overlay.ts';

/** Writes a sample's overlay, named after it. */
export const writeOverlay = (dir: string, { name, image, mask }: Sample, prediction: NdArray): void =>
  writeAtomically(join(dir, `${name}.png`), encodePng(overlay(image, mask, prediction)));
