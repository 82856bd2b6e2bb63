import type { System } from './system.ts';

/** All systems, in the order of the notes. */
export const systems: readonly System[] = [];
