import { writeFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { CaseFileError } from './cases/case-file.ts';
import { type Arguments, readArguments } from './command-line.ts';
import { listing } from './report/listing.ts';
import { operatorLine } from './report/operator-line.ts';
import { summaryLine, summaryOf } from './report/summary.ts';
import { folderJobs, type Job } from './run/jobs.ts';
import type { Outcome } from './run/outcome.ts';

/** Where text goes: a terminal, or a test. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Does what the arguments (without node and script) say. The exit status: 0 nothing failed, 1 a case failed, 2 wrong usage or case files. */
export function runCommand(args: readonly string[], streams: Streams): 0 | 1 | 2 {
  try {
    return run(readArguments(args, streams), streams);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CaseFileError)) throw error;
    streams.err(`${error.message}\n`);
    return 2;
  }
}

function run(settings: Arguments, { out }: Streams): 0 | 1 {
  const print = (...lines: readonly string[]): void => out(lines.map((line) => `${line}\n`).join(''));
  const { torch, onnx, only, json } = settings;
  const wanted = ({ identity: { op, file } }: Job): boolean =>
    only === undefined || only.includes(op.toLowerCase()) || only.includes(file.toLowerCase());
  // All are read before any is run, so that a broken file is told of at once.
  const suites = [
    ['torch', torch === undefined ? undefined : folderJobs('torch', torch).filter(wanted)],
    ['onnx', onnx === undefined ? undefined : folderJobs('onnx', onnx).filter(wanted)],
  ] as const;
  if (suites.every(([, jobs]) => jobs === undefined || jobs.length === 0))
    throw new CaseFileError(`no cases to run${only === undefined ? '' : ` for ${only.join(', ')}`}`);

  const outcomes = suites.flatMap(([suite, jobs]) => {
    if (jobs === undefined) print(`skipped: ../shared/conformance/${suite} is not there`);
    if (jobs === undefined || jobs.length === 0) return [];
    print(suite);
    return [...byOperator(jobs)].flatMap(([op, list]) => {
      const ended: readonly Outcome[] = list.map((job) => job.run(settings));
      print(operatorLine(op, ended));
      return ended;
    });
  });
  const summary = summaryOf(outcomes);
  if (json !== undefined) writeReport(json, settings, outcomes);
  print(...listing(outcomes), '', summaryLine(summary));
  return summary.failed === 0 ? 0 : 1;
}

function byOperator(jobs: readonly Job[]): Map<string, Job[]> {
  const map = new Map<string, Job[]>();
  for (const job of jobs) map.set(job.identity.op, [...(map.get(job.identity.op) ?? []), job]);
  return map;
}

function writeReport(file: string, { backend, floats }: Arguments, outcomes: readonly Outcome[]): void {
  const report = { backend: backend.name, dtype: floats, summary: summaryOf(outcomes), cases: outcomes };
  // JSON has no infinity, which stands for an exact tensor that differs.
  const text = JSON.stringify(report, (_, value) => (value === Number.POSITIVE_INFINITY ? 'Infinity' : value), 1);
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw new CaseFileError(`${file}: cannot be written: ${(error as Error).message}`);
  }
}
