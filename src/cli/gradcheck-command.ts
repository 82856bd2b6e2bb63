import { Command, Option } from 'commander';
import { proofParts } from '../check/proof-parts.ts';
import { CotangentError } from '../graph/error.ts';
import { ops } from '../ops/index.ts';
import { exitCode } from './exit-code.ts';
import type { ProveOptions, SubjectResult } from './gradcheck/prove-subject.ts';
import { type FileSubject, subjectsIn } from './gradcheck/subjects-in.ts';
import { loadModule } from './load-module.ts';
import { needFastCheck } from './need-fast-check.ts';
import { wholeNumber } from './number-option.ts';
import type { Terminal } from './terminal.ts';

interface GradcheckCommandOptions extends Pick<ProveOptions, 'seed' | 'runs' | 'order' | 'path' | 'part'> {
  readonly only?: string;
  readonly json?: boolean;
}

/** `cotangent gradcheck`. */
export const gradcheckCommand = ({ out }: Terminal, setExitCode: (code: number) => void): Command =>
  new Command('gradcheck')
    .description('Prove the gradients of the operators that a file exports, or of a shipped operator.')
    .argument('<file>', 'a .ts, .js or .mjs file, or the name of a shipped operator')
    .option('--only <name>', 'one of the things that the file exports')
    .option('--seed <n>', 'what is drawn follows from it', wholeNumber(0), 1)
    .option('--runs <n>', 'geometries of an operator, points of a function', wholeNumber(1), 60)
    .option('--order <n>', 'how many times to differentiate', wholeNumber(1), 3)
    .option('--path <path>', 'repeat one counterexample; a failure prints it')
    .addOption(new Option('--part <name>', 'one part of the proof of an operator').choices(proofParts))
    .option('--json', 'as data')
    .addHelpText(
      'after',
      `
A file exports operators made by defineOp, or { f, types } with a function that builds graph and the types of its inputs.
Nothing is drawn from a clock: the same seed tries the same cases. Exit code 1: something is refuted or inconclusive.

Examples:
  cotangent gradcheck examples/06-own-operator.ts
  cotangent gradcheck my-operators.ts --only softClip --order 2 --runs 1000
  cotangent gradcheck conv --seed 7`,
    )
    .action(async (file: string, options: GradcheckCommandOptions) => {
      const results: SubjectResult[] = [];
      const { proveSubject } = await needFastCheck(() => import('./gradcheck/prove-subject.ts'));
      const subjects = await subjectsOf(file, options.only);
      const own = subjects.flatMap((subject) => (subject.kind === 'operator' ? [[subject.name, subject.op]] : []));
      for (const subject of subjects) {
        const result = proveSubject(subject, {
          ...options,
          ops: { ...ops, ...Object.fromEntries(own) },
          command: commandFor(file, subject, subjects.length),
        });
        results.push(result);
        if (options.json !== true) out.write(tell(result));
      }
      const { seed, runs, order } = options;
      if (options.json === true) out.write(`${JSON.stringify({ seed, runs, order, results }, null, 1)}\n`);
      if (results.some(({ verdict }) => verdict !== 'proved')) setExitCode(exitCode.fault);
    });

async function subjectsOf(file: string, only: string | undefined): Promise<FileSubject[]> {
  const shipped = Object.hasOwn(ops, file) ? ops[file] : undefined;
  const all: FileSubject[] =
    shipped === undefined
      ? subjectsIn(file, await loadModule(file))
      : [{ kind: 'operator', name: shipped.name, op: shipped }];
  const wanted = only === undefined ? all : all.filter(({ name }) => name === only);
  if (wanted.length > 0) return wanted;
  throw new CotangentError({
    code: 'gradcheck/exports',
    summary: `${file} exports no '${only}'`,
    fix: `name one of: ${all.map(({ name }) => name).join(', ')}.`,
  });
}

const commandFor = (file: string, { name }: FileSubject, of: number): string =>
  `cotangent gradcheck ${file}${of === 1 ? '' : ` --only ${name}`}`;

function tell({ name, verdict, cases, order, tally, milliseconds, failure }: SubjectResult): string {
  const { exact, bounded, smooth } = tally;
  const counted = `${cases} cases to order ${order}: ${exact} derivatives equal, ${bounded} within rounding, ${smooth} smooth`;
  if (failure === undefined) return `${name}: ${verdict}, ${counted} (${milliseconds} ms)\n`;
  const { code, summary, details, fix } = failure;
  return [
    `${name}: ${verdict} (${milliseconds} ms)`,
    `  ${code}: ${summary}`,
    ...details.map((line) => `  ${line}`),
    `  Fix: ${fix}`,
    '',
  ].join('\n');
}
