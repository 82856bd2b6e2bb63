/** Proves all gradients deeper than the test suite has time for: `npm run prove -- --help`. */
import { writeFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { ops } from '../src/ops/index.ts';
import { composites } from '../test/conformance/composites.ts';
import { readSettings, type Settings } from './prove/command.ts';
import { dispenser, subjectsOf } from './prove/plan.ts';
import { workOff } from './prove/pool.ts';
import { progressOn } from './prove/progress.ts';
import { countsOf, jsonReport, reportOf } from './prove/report.ts';

async function prove({ ops: wanted, seed, runs, order, threads, time, json }: Settings): Promise<number> {
  const isWanted = (name: string): boolean => wanted === undefined || wanted.includes(name);
  const subjects = subjectsOf({
    operators: Object.keys(ops).filter(isWanted),
    composites: Object.keys(composites).filter(isWanted),
    seed,
    runs,
    order,
  });
  const next = dispenser(subjects);
  const began = performance.now();
  const secondsTaken = (): number => (performance.now() - began) / 1000;
  const progress = progressOn(process.stdout, subjects, threads);
  try {
    await workOff(
      threads,
      () => (time !== undefined && secondsTaken() > time ? undefined : next()),
      (result) => {
        const subject = subjects.find(({ name, kind }) => name === result.job.name && kind === result.job.kind)!;
        subject.results.push(result);
        progress.show(subject);
      },
    );
  } finally {
    progress.close();
  }
  if (json !== undefined) {
    const report = jsonReport(subjects, { seed, runs, order, seconds: secondsTaken() });
    writeFileSync(json, `${JSON.stringify(report, undefined, 1)}\n`);
  }
  console.log(reportOf(subjects, seed, order, ops));
  const { failed, unreached } = countsOf(subjects);
  return failed + unreached.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await prove(
    readSettings(process.argv.slice(2), [...Object.keys(ops), ...Object.keys(composites)]),
  );
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
