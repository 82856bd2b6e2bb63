import type { ConvFunction } from '../conv-nd.ts';
import { conv1d } from '../conv1d.ts';
import { conv2d } from '../conv2d.ts';
import { conv3d } from '../conv3d.ts';

/** `conv1d` by its mathematical name: Σ x[p + k]·w[k], the kernel not reversed (operators.md 21). */
export const correlate1d: ConvFunction<1> = conv1d;
/** `conv2d` by its mathematical name: Σ x[p + k]·w[k], the kernel not reversed. */
export const correlate2d: ConvFunction<2> = conv2d;
/** `conv3d` by its mathematical name: Σ x[p + k]·w[k], the kernel not reversed. */
export const correlate3d: ConvFunction<3> = conv3d;
