import type { Command } from 'commander';
import { wholeNumber } from './number-option.ts';

/** How large a net is made, and what for. */
export interface NetSizeOptions {
  readonly width?: number;
  readonly depth?: number;
  readonly batch: number;
  readonly size: number;
  readonly channels: number;
  readonly classes: number;
}

const count = wholeNumber(1);

/** Adds the options of {@link NetSizeOptions} to a command. */
export const withNetSize = (command: Command): Command =>
  command
    .option('--width <n>', 'channels of the first level; the default is the net’s own', count)
    .option('--depth <n>', 'how deep the net is: levels that halve, or blocks', count)
    .option('--batch <n>', 'images at once', count, 1)
    .option('--size <n>', 'side of the images, a multiple of what the net halves to', count, 64)
    .option('--channels <n>', 'channels of the images', count, 1)
    .option('--classes <n>', 'classes', wholeNumber(2), 2);
