import type { Initialiser } from './initialiser.ts';

/** Every element equal to `value`. */
export const constantly =
  (value: number): Initialiser =>
  () =>
  () =>
    value;

export const zeros: Initialiser = constantly(0);
export const ones: Initialiser = constantly(1);
