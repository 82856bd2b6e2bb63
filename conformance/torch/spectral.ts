import type { Adapters } from './adapter.ts';

/** Fourier transforms; complex numbers as `input_real` and `input_imag`. */
export const spectral: Adapters = {};
