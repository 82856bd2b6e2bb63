import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import type { FuzzSettings, Selection } from '../fuzzer/index.ts';
import { version } from '../train/version.ts';
import { duration } from './duration-option.ts';
import { exitCode } from './exit-code.ts';
import { loadFuzzer } from './load-fuzzer.ts';
import { threads, wholeNumber } from './number-option.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import type { Terminal } from './terminal.ts';

interface FuzzOptions {
  readonly ops?: readonly string[] | true;
  readonly laws?: boolean;
  readonly graphs?: boolean;
  readonly order: number;
  readonly runs?: number;
  readonly time?: number;
  readonly seed?: number;
  readonly replay?: string;
  readonly target?: string;
  readonly threads: 'auto' | number;
  readonly corpus: string;
  readonly report: readonly string[];
}

/** Seconds, where neither `--time` nor `--runs` is given. */
const usualTime = 60;

const formats = ['html', 'json', 'xml'];

/** `cotangent fuzz`. */
export const fuzzCommand = ({ out }: Terminal, setExitCode: (code: number) => void): Command =>
  new Command('fuzz')
    .description('Look for wrong gradients in ever new cases: of operators, laws, random programs, or another library.')
    .option('--ops [names]', 'operators, all or those named, with commas: conv,maxPool2d', list)
    .option('--laws', 'laws that values and gradients obey')
    .option('--graphs', 'random programs on all backends')
    .option('--order <n>', 'how often to differentiate, up to 3', order, 1)
    .option('--time <t>', `how long: 45s, 10m, 1h (${usualTime}s unless --runs is given)`, duration)
    .option('--runs <n>', 'so many cases of everything selected', wholeNumber(1))
    .option('--seed <s>', 'everything drawn follows from it (a new one each time)', wholeNumber(0))
    .option('--replay <id>', 'repeat one failure and show all that is known of it')
    .option('--target <library>', 'tfjs, jax-js, or a command that starts a bridge')
    .option('--threads <n>', "threads, or 'auto'", threads, 'auto')
    .option('--corpus <dir>', 'where failures are kept, to be tried first next time', '.cotangent/corpus')
    .option('--report <file>', 'write .html, .json or .xml (JUnit); may be given several times', reportFile, [])
    .addHelpText(
      'after',
      `
Without --ops, --laws and --graphs, all three are fuzzed. What is refuted is shrunk, kept, and printed with the command
that repeats it. A campaign that is refuted at the same place again and again gets no further cases.

Examples:
  cotangent fuzz                                     everything, for a minute
  cotangent fuzz --ops conv,maxPool2d --order 2 --time 5m
  cotangent fuzz --graphs --time 10m --report fuzz.html --report fuzz.xml
  cotangent fuzz --target tfjs --seed 1 --report tfjs.html
  cotangent fuzz --target "python3 examples/bridge_torch.py"
  cotangent fuzz --replay conv@1837465:3:0:1

Exit codes: 0 nothing refuted, 1 something refuted or more than 1 % inconclusive, 2 the command line is wrong.`,
    )
    .action(async (options: FuzzOptions, command: Command) => {
      const fuzzer = await loadFuzzer();
      if (Array.isArray(options.ops) && options.target === undefined)
        refuseUnknown('operator', options.ops, fuzzer.fuzzableNames, command);
      const selection: Selection = selectionOf(options);
      const { replay, corpus } = options;
      if (replay !== undefined) {
        const outcome = await fuzzer.replay(replay, { selection, corpus, version }, out);
        if (outcome === 'unknown')
          command.error(`error: there is no campaign for '${replay}'`, { exitCode: exitCode.usage });
        setExitCode(outcome === 'refuted' ? exitCode.fault : exitCode.ok);
        return;
      }
      const report = await fuzzer.runFuzz(settingsOf(options, selection), out);
      out.write(fuzzer.summaryText(report));
      for (const file of options.report) {
        fuzzer.writeReport(file, report);
        out.write(`wrote ${file}\n`);
      }
      setExitCode(report.verdict === 'failed' ? exitCode.fault : exitCode.ok);
    });

function selectionOf({ ops, laws, graphs, order, target }: FuzzOptions): Selection {
  const all = ops === undefined && laws !== true && graphs !== true;
  return {
    ops: ops ?? all,
    laws: laws ?? all,
    graphs: graphs ?? all,
    order,
    ...(target === undefined ? {} : { target }),
  };
}

function settingsOf(options: FuzzOptions, selection: Selection): FuzzSettings {
  const { runs, time, seed = Math.floor(Math.random() * 2 ** 31), corpus } = options;
  const seconds = time ?? (runs === undefined ? usualTime : undefined);
  return {
    selection,
    seed,
    ...(runs === undefined ? {} : { runs }),
    ...(seconds === undefined ? {} : { seconds }),
    threads: options.threads === 'auto' ? availableParallelism() : options.threads,
    corpus,
    version,
  };
}

const list = (text: string): string[] => text.split(',').map((name) => name.trim());

function order(text: string): number {
  const value = wholeNumber(1)(text);
  if (value > 3) throw new InvalidArgumentError('Give 1, 2 or 3.');
  return value;
}

function reportFile(path: string, before: readonly string[]): string[] {
  if (!formats.some((format) => path.endsWith(`.${format}`)))
    throw new InvalidArgumentError('Give a file that ends in .html, .json or .xml.');
  return [...before, path];
}
