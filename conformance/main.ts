/** Holds the library against vectors that it did not make: `npm run conformance -- --help`. */
import { writeFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { CaseFileError } from './cases/case-file.ts';
import { type Arguments, readArguments } from './command-line.ts';
import { listing } from './report/listing.ts';
import { operatorLine } from './report/operator-line.ts';
import { summaryLine, summaryOf } from './report/summary.ts';
import { type Job, onnxJobs, torchJobs } from './run/jobs.ts';
import type { Outcome } from './run/outcome.ts';

const print = (...lines: readonly string[]): void =>
  void process.stdout.write(lines.map((line) => `${line}\n`).join(''));

function main(args: readonly string[]): number {
  try {
    return run(readArguments(args));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CaseFileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function run(settings: Arguments): number {
  const { torch, onnx, only, json } = settings;
  const wanted = ({ identity: { op, file } }: Job): boolean =>
    only === undefined || only.includes(op.toLowerCase()) || only.includes(file.toLowerCase());
  // All are read before any is run, so that a broken file is told of at once.
  const suites = [
    ['torch', torch === undefined ? undefined : torchJobs(torch).filter(wanted)],
    ['onnx', onnx === undefined ? undefined : onnxJobs(onnx).filter(wanted)],
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

process.exitCode = main(process.argv.slice(2));
