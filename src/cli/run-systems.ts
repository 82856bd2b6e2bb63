import { join } from 'node:path';
import { type BackendName, backendOn } from '../backends/backends.ts';
import type { LabReport, System } from '../lab/index.ts';
import { checkOutputFolder } from '../train/run-folder.ts';
import { defaultFolder } from './default-folder.ts';
import { exitCode } from './exit-code.ts';
import { labProgress } from './lab-progress.ts';
import { labText } from './lab-text.ts';
import { onInterrupt } from './on-interrupt.ts';
import type { Terminal } from './terminal.ts';

/** What the command line of `lab` gives. */
export interface LabRunOptions {
  readonly seed: number;
  readonly effort: number;
  readonly out?: string;
  readonly backend: BackendName;
  readonly threads: 'auto' | number;
  readonly json?: boolean;
}

/**
 * Runs systems one after the other, shows what came of each and writes it into the folder, `all` into folders of their own.
 *
 * @returns the exit code: 1 where a claim that is judged does not hold, 130 where Ctrl-C came first.
 */
export async function runSystems(
  name: string,
  systems: readonly System[],
  { json = false, seed, effort, ...options }: LabRunOptions,
  out: Terminal['out'],
): Promise<number> {
  const { reportJson, runSystem, writeReport } = await import('../lab/index.ts');
  const dir = options.out ?? defaultFolder(`lab-${name}`);
  checkOutputFolder(dir, 'choose another folder with --out, or empty this one.');
  const backend = backendOn(options.backend, options.threads);
  const say = (text: string): void => void (json || out.write(`${text}\n`));
  const { signal, forget } = onInterrupt(() => say('\nstopping after this step; Ctrl-C again quits at once'));
  const reports: { readonly report: LabReport; readonly dir: string }[] = [];
  try {
    for (const system of systems) {
      const folder = name === 'all' ? join(dir, system.name) : dir;
      say(
        `${reports.length > 0 ? '\n' : ''}${system.name}: ${system.title} (seed ${seed}, effort ${effort})\n${system.about}\n`,
      );
      const display = labProgress(out);
      const progress = json ? () => {} : display.show;
      const report = await runSystem(system, { seed, effort, backend, progress, signal }).finally(display.close);
      const files = await writeReport(folder, report);
      reports.push({ report, dir: folder });
      say(`${labText(report)}\n\n${report.seconds.toFixed(0)} s. In ${folder}: ${files.join(', ')}`);
      if (signal.aborted) break;
    }
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
  } finally {
    forget();
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
