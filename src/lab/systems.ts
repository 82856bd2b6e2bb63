import { audio } from './audio/audio.ts';
import { autoencoder } from './autoencoder.ts';
import { deconvolution } from './deconvolution/deconvolution.ts';
import { interpolation } from './interpolation/interpolation.ts';
import { roiHead } from './roi-head/roi-head.ts';
import { slidingWindow } from './sliding-window/sliding-window.ts';
import { sppClassifier } from './spp-classifier/spp-classifier.ts';
import { styleTransfer } from './style/style-transfer.ts';
import { superResolution } from './super-resolution.ts';
import type { System } from './system.ts';
import { unpooling } from './unpooling.ts';

/** All systems, in the order of the checklist of the notes. */
export const systems: readonly System[] = [
  roiHead,
  sppClassifier,
  deconvolution,
  interpolation,
  unpooling,
  audio,
  slidingWindow,
  autoencoder,
  superResolution,
  styleTransfer,
];
