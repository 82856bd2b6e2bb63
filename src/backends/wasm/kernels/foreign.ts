import { errorFunction } from '../../../ops/pointwise/erf.ts';

/** Names of the functions below. */
export type Foreign = 'pow' | 'fmod' | 'sin' | 'cos' | 'erf';

/** Functions of float64 that programs import: what has no vector form here, exactly as the reference has it. */
export const foreignFunctions: { readonly [name in Foreign]: (...x: number[]) => number } = {
  pow: Math.pow,
  fmod: (a: number, b: number) => a % b,
  sin: Math.sin,
  cos: Math.cos,
  erf: errorFunction,
};
