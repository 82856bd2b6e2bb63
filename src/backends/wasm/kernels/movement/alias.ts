import type { KernelFor } from '../kernel.ts';

/** The elements of one input as they are, whatever the result's shape: nothing runs. */
export const aliasOf =
  (input: string): KernelFor =>
  () => ({ name: 'alias', alias: { input, offset: 0 }, phases: [] });
