import { join } from 'node:path';
import { Command, Option } from 'commander';
import { type BackendName, backendNames, backendOn } from '../backends/backends.ts';
import type { LabReport, System } from '../lab/index.ts';
import { checkOutputFolder } from '../train/run-folder.ts';
import { defaultFolder } from './default-folder.ts';
import { exitCode } from './exit-code.ts';
import { labProgress } from './lab-progress.ts';
import { labText, systemsText } from './lab-text.ts';
import { positiveNumber, threads, wholeNumber } from './number-option.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import type { Terminal } from './terminal.ts';

interface LabCommandOptions {
  readonly seed: number;
  readonly effort: number;
  readonly out?: string;
  readonly backend: BackendName;
  readonly threads: 'auto' | number;
  readonly json?: boolean;
}

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
    .action(async (name: string | undefined, options: LabCommandOptions, command: Command) => {
      const { systems } = await import('../lab/index.ts');
      if (name === undefined) {
        out.write(`${systemsText(systems)}\n\nRun one with: cotangent lab NAME, all with: cotangent lab all\n`);
        return;
      }
      if (name !== 'all') refuseUnknown('system', [name], [...systems.map((each) => each.name), 'all'], command);
      const chosen = name === 'all' ? systems : systems.filter((each) => each.name === name);
      setExitCode(await runAll(name, chosen, options, out));
    });

async function runAll(
  name: string,
  systems: readonly System[],
  { json = false, seed, effort, ...options }: LabCommandOptions,
  out: Terminal['out'],
): Promise<number> {
  const { reportJson, runSystem, writeReport } = await import('../lab/index.ts');
  const dir = options.out ?? defaultFolder(`lab-${name}`);
  checkOutputFolder(dir, 'choose another folder with --out, or empty this one.');
  const backend = backendOn(options.backend, options.threads);
  const say = (text: string): void => void (json || out.write(`${text}\n`));
  const abort = new AbortController();
  const interrupt = (): void => {
    // Signals wait for the end of a step: two may come at once.
    if (abort.signal.aborted) process.exit(exitCode.interrupted);
    abort.abort();
    say('\nstopping after this step; Ctrl-C again quits at once');
    setImmediate(stopListening);
  };
  const stopListening = (): void => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const reports: { readonly report: LabReport; readonly dir: string }[] = [];
  try {
    for (const system of systems) {
      const folder = name === 'all' ? join(dir, system.name) : dir;
      say(
        `${reports.length > 0 ? '\n' : ''}${system.name}: ${system.title} (seed ${seed}, effort ${effort})\n${system.about}\n`,
      );
      const display = labProgress(out);
      const { signal } = abort;
      const progress = json ? () => {} : display.show;
      const report = await runSystem(system, { seed, effort, backend, progress, signal }).finally(display.close);
      const files = writeReport(folder, report);
      reports.push({ report, dir: folder });
      say(`${labText(report)}\n\n${report.seconds.toFixed(0)} s. In ${folder}: ${files.join(', ')}`);
      if (abort.signal.aborted) break;
    }
  } catch (error) {
    if (!abort.signal.aborted || error !== abort.signal.reason) throw error;
  } finally {
    stopListening();
  }
  const failed = reports.flatMap(({ report: { judged, claims, system } }) =>
    judged ? claims.filter(({ holds }) => !holds).map(({ text }) => `${system.name}: ${text}`) : [],
  );
  if (json) {
    const all = reports.map((each) => ({ out: each.dir, ...reportJson(each.report) }));
    out.write(`${JSON.stringify(name === 'all' ? all : (all[0] ?? null), null, 1)}\n`);
  }
  if (reports.length < systems.length) {
    const missing = systems.slice(reports.length).map((each) => each.name);
    say(`interrupted; nothing is written of ${missing.join(', ')}`);
    return exitCode.interrupted;
  }
  if (failed.length === 0) return exitCode.ok;
  if (name === 'all') say(`\nDoes not hold:\n${failed.map((text) => `✗ ${text}`).join('\n')}`);
  return exitCode.fault;
}
