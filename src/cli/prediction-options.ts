import { type Command, Option } from 'commander';
import type { TrainConfig } from '../train/config.ts';
import { type Tta, ttaNames } from '../train/tta.ts';
import { wholeNumber } from './number-option.ts';

/** How images are predicted, as the command line gives it. */
export interface PredictionOptions {
  readonly tile?: number;
  readonly tta?: Tta;
}

/** The options of a command that predicts. */
export const withPredictionOptions = (command: Command): Command =>
  command
    .option('--tile <n>', 'predict images longer than this in tiles of this side (512)', wholeNumber(32))
    .addOption(
      new Option('--tta <how>', 'predict in several orientations and average: 1, 2, 4, 8 times the work').choices(
        ttaNames,
      ),
    );

/** What is given; what is not comes from `base`. */
export function predictionOf(
  { tile, tta }: PredictionOptions,
  base?: TrainConfig['prediction'],
): Pick<TrainConfig, 'prediction'> {
  const wanted = { ...base, ...(tile !== undefined && { tile }), ...(tta !== undefined && { tta }) };
  return Object.keys(wanted).length === 0 ? {} : { prediction: wanted };
}
