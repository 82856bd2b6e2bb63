import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { version } from '../train/version.ts';
import { duration } from './duration-option.ts';
import { exitCode } from './exit-code.ts';
import { loadFuzzer } from './load-fuzzer.ts';
import { threads, wholeNumber } from './number-option.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import type { Terminal } from './terminal.ts';

interface MutantsOptions {
  readonly ops?: readonly string[];
  readonly kinds?: readonly string[];
  readonly seed: number;
  readonly all?: boolean;
  readonly time?: number;
  readonly threads: 'auto' | number;
  readonly list?: boolean;
  readonly json?: string;
}

/** `cotangent mutants`. */
export const mutantsCommand = ({ out }: Terminal, setExitCode: (code: number) => void): Command =>
  new Command('mutants')
    .description('Break every gradient rule and every kernel in all ways known, and see who notices: us, PyTorch, JAX.')
    .option('--ops <names>', 'operators, with commas: conv,sample (all)', list)
    .option('--kinds <names>', 'mistakes, with commas: sign,index-shift (all)', list)
    .option('--seed <s>', 'everything drawn follows from it', wholeNumber(0), 1)
    .option('--all', 'many cases in place of a representative share')
    .option('--time <t>', 'begin nothing further after 45s, 10m, 1h', duration)
    .option('--threads <n>', "threads, or 'auto'", threads, 'auto')
    .option('--list', 'show every mutant that survives or changes nothing, and why')
    .option('--json <file>', 'write all that is known of every mutant')
    .addHelpText(
      'after',
      `
A mutant is a rule or a kernel with one mistake in it. The table tells how many of each kind our modes notice, and how
many the checkers of PyTorch and JAX would, at the same points. A mutant that changes nothing is counted apart.

Examples:
  cotangent mutants
  cotangent mutants --ops conv,sample --kinds index-shift,axis-swap --list
  cotangent mutants --all --json mutants.json

Exit codes: 0 ours notice all of them, 1 some survive or a right gradient is refused, 2 the command line is wrong.`,
    )
    .action(async ({ list: listed = false, json, ...options }: MutantsOptions, command: Command) => {
      const fuzzer = await loadFuzzer();
      const known = fuzzer.mistakes.map(dashed);
      refuseUnknown('operator', options.ops, fuzzer.operatorNames, command);
      refuseUnknown('kind of mistake', options.kinds, known, command);
      const { ops, kinds, seed, all = false, time } = options;
      const report = await fuzzer.runMutants(
        {
          ...(ops === undefined ? {} : { ops }),
          ...(kinds === undefined ? {} : { mistakes: fuzzer.mistakes.filter((each) => kinds.includes(dashed(each))) }),
          ...(time === undefined ? {} : { seconds: time }),
          seed,
          all,
          threads: options.threads === 'auto' ? availableParallelism() : options.threads,
          version,
        },
        out,
      );
      if (listed) out.write(fuzzer.mutantsList(report));
      out.write(fuzzer.mutantsText(report));
      if (json !== undefined) {
        writeFileSync(json, `${JSON.stringify(report)}\n`);
        out.write(`wrote ${json}\n`);
      }
      setExitCode(fuzzer.isUnfaulted(report) ? exitCode.ok : exitCode.fault);
    });

const list = (text: string): string[] => text.split(',').map((name) => name.trim());
const dashed = (name: string): string => name.replaceAll(' ', '-');
