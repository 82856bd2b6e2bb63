import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { CotangentError } from '../graph/error.ts';
import { nets } from '../nn/index.ts';
import { stepsOf } from '../train/compare/recipe.ts';
import type { CompareOptions } from './compare-nets.ts';
import { wholeNumber } from './number-option.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import type { Terminal } from './terminal.ts';

/** `cotangent compare`. */
export const compareCommand = ({ out }: Terminal, setExitCode: (code: number) => void): Command =>
  new Command('compare')
    .description('Train nets by one recipe on the same data, and say which is best at what cost.')
    .argument('[nets...]', 'the nets; all that there are unless given')
    .option('--quick', `${stepsOf.quick} steps each instead of ${stepsOf.full}: all nets in a few minutes on two cores`)
    .option('--steps <n>', 'steps of each net', wholeNumber(1))
    .option('--seed <n>', 'seed of every random choice, the data too', wholeNumber(0), 0)
    .option('--data <dir>', 'folder with images/NAME.png and masks/NAME.png instead of generated shapes')
    .option(
      '--threads <n>',
      'how many nets are trained at once, one thread each (default: as many as the machine has cores); results are the same',
      wholeNumber(1),
    )
    .option('--out <dir>', 'new or empty folder for the results (default: runs/compare-DATE-TIME)')
    .option('--resume <dir>', 'go on with an interrupted comparison')
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `
Nets: ${Object.keys(nets).join(', ')}

All are trained alike: Adam, cosine from 0.01, cross-entropy, 4 windows of 64×64 pixels per step, mirrored and turned at
random; on generated shapes (240 images of 96×96, 24 held back) unless --data names others (a fifth held back).

The folder receives compare.html (curves, the same images by all nets, worst cases, confusion, the table), leaderboard.json
and a run folder for each net, which --run of predict and --resume of train take. Ctrl-C keeps what is finished.

Examples:
  cotangent compare --quick
  cotangent compare unet segnet deeplab --seed 7 --out runs/three
  cotangent compare --data DIR --steps 2000
  cotangent compare --resume runs/three

Exit codes: 0 done, 1 a net failed or something given is wrong, 2 the command line is wrong, 130 interrupted.`,
    )
    .action(async (names: string[], options: CompareOptions, command: Command) => {
      refuseUnknown('net', names, Object.keys(nets), command);
      if (options.resume !== undefined && given(names, options).length > 0)
        throw new CotangentError({
          code: 'run/options',
          summary: `--resume ${options.resume} goes on with what was begun there; ${given(names, options).join(', ')} cannot change`,
          fix: 'leave them away with --resume (only --threads and --json may be given), or begin anew with --out.',
        });
      const { compareNets } = await import('./compare-nets.ts');
      const data = options.data === undefined ? {} : { data: resolve(options.data) };
      const threads = options.threads ?? availableParallelism();
      setExitCode(await compareNets(names, { ...options, ...data, threads }, out));
    });

/** What says what is compared. */
const given = (names: readonly string[], { quick, steps, seed, data, out }: CompareOptions): string[] => [
  ...(names.length > 0 ? ['nets'] : []),
  ...Object.entries({ quick, steps, data, out }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`])),
  ...(seed === 0 ? [] : ['--seed']),
];
