import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Augmentation, flips, turns } from '../train/data/augment.ts';
import { samplings } from '../train/data/batch.ts';

/** What changes windows, as the command line gives it. */
export type AugmentOptions = Partial<Augmentation>;

/** The options of a command that draws windows: where they lie and what is done to them. */
export const withAugmentOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--sampling <how>', 'windows anywhere, or around pixels of classes drawn alike').choices(samplings),
    )
    .addOption(new Option('--flip <how>', 'mirror windows at random').choices(flips))
    .addOption(new Option('--turn <how>', 'turn windows at random by quarter turns').choices(turns))
    .option('--rotate <degrees>', 'turn windows at random by any angle up to so much either way', upTo(180))
    .option('--scale <low,high>', 'enlarge windows at random by a factor between these, such as 0.8,1.25', factors)
    .option('--shift <pixels>', 'move windows at random by up to so much, also beyond the border', upTo(4096))
    .option(
      '--elastic <amplitude[,spacing]>',
      'bend windows at random: standard deviation in pixels, and how far apart (default: 8 times that)',
      elasticity,
    )
    .option('--brightness <b>', 'add something between −b and b to images in 0 … 1', upTo(1))
    .option('--contrast <c>', 'multiply differences from the mean by 1 − c to 1 + c', upTo(1))
    .option('--gamma <g>', 'raise images to a power between 1/g and g', gamma)
    .option('--noise <s>', 'add normal noise of a standard deviation up to s', upTo(1));

/** Those that are given; turning something off (`--rotate 0`) is leaving it away. */
export function augmentOf(options: AugmentOptions, base: AugmentOptions = {}): Omit<Augmentation, 'flip' | 'turn'> {
  const wanted = { ...base, ...options };
  const on = (value: number | undefined): number | undefined => (value === 0 ? undefined : value);
  const all = {
    rotate: on(wanted.rotate),
    scale: wanted.scale,
    shift: on(wanted.shift),
    elastic: wanted.elastic?.amplitude === 0 ? undefined : wanted.elastic,
    brightness: on(wanted.brightness),
    contrast: on(wanted.contrast),
    gamma: wanted.gamma,
    noise: on(wanted.noise),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Reads a number from 0 to `most`. */
const upTo =
  (most: number) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= 0 && value <= most)) throw new InvalidArgumentError(`Give a number from 0 to ${most}.`);
    return value;
  };

function factors(text: string): readonly [number, number] {
  const [low, high, ...rest] = text.split(',').map(Number);
  if (rest.length > 0 || !(low! > 0 && high! >= low! && high! < 100))
    throw new InvalidArgumentError('Give two factors above 0, the smaller first: 0.8,1.25.');
  return [low!, high!];
}

function elasticity(text: string): NonNullable<Augmentation['elastic']> {
  const [amplitude, spacing = 8 * amplitude!, ...rest] = text.split(',').map(Number);
  // No displacement at all has no default spacing.
  if (amplitude === 0 && rest.length === 0) return { amplitude, spacing: spacing > 0 ? spacing : 1 };
  if (rest.length > 0 || !(amplitude! > 0 && spacing >= 2 && spacing <= 4096 && amplitude! <= spacing / 2))
    throw new InvalidArgumentError('Give pixels: an amplitude, and a spacing at least twice as much (6,48).');
  return { amplitude: amplitude!, spacing };
}

function gamma(text: string): number {
  const value = Number(text);
  if (!(value >= 1 && value <= 10)) throw new InvalidArgumentError('Give a number from 1 (no change) to 10.');
  return value;
}
