import { Command, Option } from 'commander';
import { backendNames } from '../backends/backends.ts';
import { systemsText } from './lab-text.ts';
import { positiveNumber, threads, wholeNumber } from './number-option.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import { type LabRunOptions, runSystems } from './run-systems.ts';
import type { Terminal } from './terminal.ts';

/** `cotangent lab`. */
export const labCommand = ({ out }: Terminal, setExitCode: (code: number) => void): Command =>
  new Command('lab')
    .description('Run a system of the notes: train or compute it, measure what it promises, draw it.')
    .argument('[name]', "the system, or 'all'; without it, lists them")
    .option('--seed <n>', 'seed of every random choice', wholeNumber(0), 0)
    .option('--effort <x>', 'share of the work: 1 for the documented result, 0.1 for a quick look', positiveNumber, 1)
    .option('--out <dir>', 'new or empty folder for the results (default: runs/lab-NAME-DATE-TIME)')
    .addOption(
      new Option('--backend <name>', 'what runs the graphs: compiled, or the plain definition')
        .choices(backendNames)
        .default('wasm'),
    )
    .option(
      '--threads <n>',
      'threads of the compiled backend: auto, or a number; results are the same',
      threads,
      'auto',
    )
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `
Each system prints what it measured and what it claims: ✓ holds, ✗ does not. With --effort below 1 claims are shown, not
judged (–). The folder receives report.json and the pictures; with 'all', a folder of its own for each system.

Examples:
  cotangent lab                                      the systems there are
  cotangent lab super-resolution
  cotangent lab super-resolution --seed 7 --out runs/sr
  cotangent lab unpooling --json
  cotangent lab all --effort 0.1 --out runs/lab

Exit codes: 0 done, 1 a claim does not hold or something given is wrong, 2 the command line is wrong, 130 interrupted.`,
    )
    .action(async (name: string | undefined, options: LabRunOptions, command: Command) => {
      const { systems } = await import('../lab/index.ts');
      if (name === undefined) {
        out.write(`${systemsText(systems)}\n\nRun one with: cotangent lab NAME, all with: cotangent lab all\n`);
        return;
      }
      if (name !== 'all') refuseUnknown('system', [name], [...systems.map((each) => each.name), 'all'], command);
      const chosen = name === 'all' ? systems : systems.filter((each) => each.name === name);
      setExitCode(await runSystems(name, chosen, options, out));
    });
