import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Types } from './optimizer.ts';

/** Zeros of these types, by name: what sums and counters begin as. */
export const zerosOf = (types: Types): { readonly [name: string]: NdArray } =>
  Object.fromEntries(Object.entries(types).map(([name, type]) => [name, array(type)]));
