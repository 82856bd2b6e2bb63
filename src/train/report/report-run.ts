import type { Backend } from '../../backends/backend.ts';
import { backendOn } from '../../backends/backends.ts';
import type { WasmOptions } from '../../backends/wasm/wasm.ts';
import { writeAtomically } from '../../io/write-atomically.ts';
import { judgeRun } from '../judge-run.ts';
import { readLog } from '../log.ts';
import { netOf } from '../net-of.ts';
import type { Run } from '../run.ts';
import { runFiles } from '../run-folder.ts';
import { runPage } from './run-page.ts';

/** What predicts for a report. */
export interface ReportOptions {
  readonly threads?: WasmOptions['threads'];
  /** What runs the graphs instead of the backend that the run names. */
  readonly backend?: Backend | undefined;
}

/**
 * Writes `report.html` into a run's folder: curves, scores of each class, confusion, the worst held-back samples and others, settings and
 * parameters, on one page that needs nothing from elsewhere. It is about the checkpoint that was saved last.
 *
 * @throws CotangentError `io/read`, `safetensors/…` or `checkpoint/mismatch` where the run has no sound checkpoint; `io/write`.
 * @returns the file's path.
 */
export async function reportRun(run: Run, options: ReportOptions = {}): Promise<string> {
  const { record, dir } = run;
  const { config, data } = record;
  const files = runFiles(dir);
  const judged = await judgeRun(run, options.backend ?? backendOn(config.backend, options.threads));
  const { parameterTypes } = netOf(config, data.channels, data.classMap.codes.length);
  const entries = readLog(files.log, judged.step);
  writeAtomically(files.report, await runPage({ record, judged, entries, parameterTypes }));
  return files.report;
}
