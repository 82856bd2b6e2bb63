import { styleTransfer } from './style/style-transfer.ts';
import { superResolution } from './super-resolution.ts';
import type { System } from './system.ts';
import { unpooling } from './unpooling.ts';

/** All systems, in the order of the notes. */
export const systems: readonly System[] = [unpooling, superResolution, styleTransfer];
