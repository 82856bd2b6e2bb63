import { Command, InvalidArgumentError, Option } from 'commander';
import { backendNames } from './cotangent/backends.ts';
import { workloads } from './workloads/index.ts';

/** What the command line asks for. */
export interface Arguments {
  /** Beginnings of workloads' names. */
  readonly only: readonly string[] | undefined;
  readonly rounds: number;
  readonly milliseconds: number;
  readonly json: string | undefined;
  readonly peers: boolean;
  readonly torch: boolean;
  /** Programs that are Python with PyTorch, the first one first; undefined: look for one. */
  readonly python: readonly string[] | undefined;
  readonly backends: readonly string[];
  readonly threads: readonly number[];
  /** Programs that are Node, cotangent's processes being run by each. */
  readonly node: readonly string[];
  /** Instead of timing, so many steps of W9. */
  readonly steps: number | undefined;
  /** Instead, gradient checks beside PyTorch's. */
  readonly gradchecks: boolean;
}

const processes = ['W10', 'W11'];

/** Reads the arguments (without node and script). @throws CommanderError for bad usage, and once help is shown. */
export function readArguments(args: readonly string[]): Arguments {
  return new Command('npm run bench --')
    .description('Times workloads W1 to W12 on cotangent and, in the same rounds, on PyTorch and other libraries.')
    .addOption(new Option('--only <names>', 'only these workloads, with commas between').argParser(names))
    .addOption(new Option('--rounds <n>', 'how many rounds; as many again where they vary').argParser(count).default(7))
    .addOption(new Option('--milliseconds <n>', 'what each has in a round').argParser(count).default(300))
    .option('--json <file>', 'also write every round’s numbers')
    .option(
      '--peers',
      'also tfjs (cpu, wasm), jax-js and onnxruntime (web, native), installed into bench/node_modules',
      false,
    )
    .option('--no-torch', 'leave PyTorch out')
    .addOption(
      new Option('--python <programs>', 'run PyTorch by the first of these; what it cannot do, by the next').argParser(
        list,
      ),
    )
    .addOption(
      new Option('--backends <names>', `cotangent’s backends: ${backendNames.join(', ')}`)
        .argParser(chosenBackends)
        .default(['reference', 'wasm'], 'reference,wasm'),
    )
    .addOption(new Option('--threads <numbers>', 'numbers of threads').argParser(counts).default([1, 2], '1,2'))
    .addOption(
      new Option('--node <programs>', 'run cotangent by these Node programs, with commas between')
        .argParser(list)
        .default([process.execPath], 'this one'),
    )
    .addOption(new Option('--steps <n>', 'instead take n steps of W9 and show memory').argParser(count))
    .option('--gradchecks', 'instead time proofs of gradients beside torch.autograd.gradcheck', false)
    .allowExcessArguments(false)
    .showHelpAfterError('(see npm run bench -- --help)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Workloads: ${[...workloads.map(({ name }) => name), ...processes].join(', ')}; W6 means W6-max and W6-avg.

PyTorch takes part where a python3 on the path, or the one in $PYTHON or --python, can import torch. At the end a table
holds the compiled backend against what it has to reach, as far as the workloads and others that it takes were run.

Examples:
  npm run bench                                    everything, about five minutes
  npm run bench -- --only W8,W9 --rounds 15
  npm run bench -- --only W6 --backends wasm --threads 1 --json w6.json
  npm run bench -- --peers --only W9               with tfjs, jax-js and onnxruntime
  npm run bench -- --node node,node24/bin/node     cotangent by two versions of Node
  npm run bench -- --python python3,old/python3    W5 needs torchvision: by the Python that has it
  npm run bench -- --steps 100000                  does memory stay flat?
  npm run bench -- --gradchecks --rounds 3         gradient checks per second

Exit codes: 0 done, 1 cotangent and PyTorch did not compute the same numbers or memory grew, 2 the command line is wrong.`,
    )
    .parse([...args], { from: 'user' })
    .opts<Arguments>();
}

/** Whether a workload is among those asked for. */
export const chosen = (name: string, only: readonly string[] | undefined): boolean =>
  only === undefined || only.some((asked) => name === asked || name.startsWith(`${asked}-`));

const list = (text: string): readonly string[] => text.split(',').map((part) => part.trim());

function names(text: string): readonly string[] {
  const known = [...workloads.map(({ name }) => name), ...processes];
  const asked = list(text).map((name) => name.replace(/^w/, 'W'));
  const unknown = asked.filter((name) => !known.some((workload) => chosen(workload, [name])));
  if (unknown.length > 0)
    throw new InvalidArgumentError(`No workload ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  return asked;
}

function chosenBackends(text: string): readonly string[] {
  const unknown = list(text).filter((name) => !backendNames.includes(name));
  if (unknown.length > 0)
    throw new InvalidArgumentError(`No backend ${unknown.join(', ')}; there are ${backendNames.join(', ')}.`);
  return list(text);
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return value;
}

const counts = (text: string): readonly number[] => list(text).map(count);
