import { jaxStyle } from './jax.ts';
import { pytorchFast, pytorchSlow } from './pytorch.ts';
import type { Scheme } from './scheme.ts';

/** How gradients are checked elsewhere, to be held beside our own way on the same wrong gradients. */
export const schemes: readonly Scheme[] = [pytorchSlow, pytorchFast, jaxStyle];
