import { type Command, InvalidArgumentError, Option } from 'commander';
import { decayNames, optimizerNames, type Regime, scheduleNames, scoreNames } from '../train/regime.ts';
import { positiveNumber, wholeNumber } from './number-option.ts';

/** How training goes, as the command line gives it; 0 turns an option off. */
export type RegimeOptions = Partial<Omit<Regime, 'learningRate'>> & { readonly lr?: number };

/** The options of a command that trains: how parameters are moved, and when training ends. */
export const withRegimeOptions = (command: Command): Command =>
  command
    .addOption(new Option('--optimizer <name>', 'the optimiser').choices(optimizerNames))
    .option('--momentum <m>', 'of sgd (default 0.9) and rmsprop (default 0)', share)
    .option('--nesterov', "Nesterov's momentum, of sgd")
    .option('--weight-decay <d>', 'how strongly parameters shrink (default 0; adamw: 0.01)', orNone(positiveNumber))
    .addOption(
      new Option('--decay <what>', 'what decays: weights (not biases nor norms), or all parameters').choices(
        decayNames,
      ),
    )
    .option('--clip <norm>', 'shorten gradients that are longer than this, over all parameters', orNone(positiveNumber))
    .option('--accumulate <n>', 'batches per step, whose gradients are averaged', wholeNumber(1))
    .option('--ema <decay>', 'predict with an average of the parameters, such as 0.99', share)
    .option('--lr <rate>', 'learning rate', positiveNumber)
    .addOption(new Option('--schedule <how>', 'how the learning rate goes on').choices(scheduleNames))
    .option('--warm-up <n>', 'steps over which the learning rate rises at first', wholeNumber(0))
    .option('--every <n>', 'of step: steps between falls (default: a third of all)', wholeNumber(1))
    .option('--milestones <n,n…>', 'of multistep: steps of the falls (default: a half and three quarters)', milestones)
    .option(
      '--factor <f>',
      'of step and multistep: by what the rate falls (default 0.1); of exponential: per epoch (default: to 1/50)',
      positiveNumber,
    )
    .option('--power <p>', 'of polynomial (default 0.9)', positiveNumber)
    .option('--patience <n>', 'end after so many epochs without a better score', wholeNumber(0))
    .addOption(
      new Option('--keep-best <score>', 'which epoch best.safetensors keeps (default miou)').choices(scoreNames),
    );

/** Those that are given, over those of `base`. */
export function regimeOf(
  options: RegimeOptions,
  base: Partial<Regime> = {},
): Omit<Regime, 'learningRate' | 'optimizer' | 'schedule'> {
  const wanted = { ...base, ...options };
  const on = (value: number | undefined): number | undefined => (value === 0 ? undefined : value);
  const optimizer = wanted.optimizer;
  const all = {
    momentum: wanted.momentum,
    nesterov: wanted.nesterov,
    // Written down, unlike a default: old runs without it decayed all parameters.
    weightDecay: wanted.weightDecay ?? (optimizer === 'adamw' && base.optimizer === undefined ? 0.01 : undefined),
    decay: wanted.decay,
    clip: on(wanted.clip),
    accumulate: wanted.accumulate === 1 ? undefined : wanted.accumulate,
    ema: on(wanted.ema),
    warmUp: wanted.warmUp,
    every: wanted.every,
    milestones: wanted.milestones,
    factor: wanted.factor,
    power: wanted.power,
    patience: on(wanted.patience),
    keepBest: wanted.keepBest === 'miou' ? undefined : wanted.keepBest,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Reads `0` as none, all else by `read`. */
const orNone =
  (read: (text: string) => number) =>
  (text: string): number =>
    text === '0' ? 0 : read(text);

/** Reads a number of at least 0 and below 1, or refuses the command line. */
function share(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= 0 && value < 1)) throw new InvalidArgumentError('Give a number of at least 0 and below 1.');
  return value;
}

function milestones(text: string): readonly number[] {
  return text.split(',').map(wholeNumber(1));
}
