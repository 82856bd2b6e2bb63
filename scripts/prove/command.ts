import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from '../../src/cli/number-option.ts';

/** What the command line says. */
export interface Settings {
  readonly runs: number;
  readonly seed: number;
  readonly order: number;
  readonly threads: number;
  /** Names of operators and composites; all unless given. */
  readonly ops?: readonly string[];
  /** Seconds. */
  readonly time?: number;
  readonly json?: string;
}

/**
 * Reads the command line.
 *
 * @param names what `--ops` may name
 * @throws CommanderError when it is wrong, or after help was shown.
 */
export function readSettings(args: readonly string[], names: readonly string[]): Settings {
  const command = new Command('npm run prove --')
    .description(
      'Prove the gradients of all operators and composites, as the test suite does, with more cases and any seed.',
    )
    .option('--runs <n>', 'cases of each operator; composites get a seed for every 20', wholeNumber(1), 5000)
    .option('--seed <s>', 'everything drawn follows from it', wholeNumber(0), 1)
    .option('--order <k>', 'how many times to differentiate', wholeNumber(1), 3)
    .option('--ops <names>', 'only these operators and composites, separated by commas', (text) => chosen(text, names))
    .option('--time <t>', 'start nothing new after this long: 90s, 10m, 2h', duration)
    .option('--threads <n>', 'how many cores to use', wholeNumber(1), availableParallelism())
    .option('--json <file>', 'also write what was proved to a file')
    .exitOverride()
    .showHelpAfterError('(see npm run prove -- --help)')
    .addHelpText(
      'after',
      `
Examples:
  npm run prove                                       5000 cases of everything: for a night
  npm run prove -- --runs 500 --seed 7 --time 10m     as deep as ten minutes allow
  npm run prove -- --ops conv,sample --runs 2000      two operators
  npm run prove -- --ops conv2d --order 2             the composites whose names begin with conv2d
  npm run prove -- --runs 40 --json proved.json

A failure is shown in its smallest case, with the command that repeats it.
The last line is 'N passed, N failed'. Exit codes: 0 all proved, 1 something failed or was not reached, 2 the command
line is wrong.`,
    );
  command.parse([...args], { from: 'user' });
  return command.opts<Settings>();
}

/** Seconds. */
function duration(text: string): number {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(text) ?? [];
  const seconds = Number(count) * { s: 1, m: 60, h: 3600 }[(unit || 's') as 's' | 'm' | 'h'];
  if (!(seconds > 0)) throw new InvalidArgumentError('Give a number of seconds, minutes or hours: 90s, 10m, 2h.');
  return seconds;
}

/** Names given in full, or the part of composites' names before their first comma. */
function chosen(text: string, names: readonly string[]): string[] {
  if (names.includes(text)) return [text];
  const wanted = text.split(',').map((name) => name.trim());
  const found = wanted.map((name) => names.filter((each) => each === name || each.startsWith(`${name},`)));
  const unknown = wanted.filter((_, i) => found[i]!.length === 0);
  if (unknown.length > 0)
    throw new InvalidArgumentError(
      `There is no ${unknown.map((name) => `'${name}'`).join(', ')}. Names: ${names.join(' | ')}`,
    );
  return [...new Set(found.flat())];
}
