import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dispenser, failureIn, secondsLeft, subjectsOf } from '../../scripts/prove/plan.ts';
import { countsOf, reportOf } from '../../scripts/prove/report.ts';
import { runJob } from '../../scripts/prove/run-job.ts';
import type { AnyOp } from '../../src/graph/op.ts';
import { ops } from '../../src/ops/index.ts';

const prove = (...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'scripts/prove.ts', ...args], (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });

const plan = (names: readonly string[], runs: number) =>
  subjectsOf({ operators: names, composites: [], seed: 3, runs, order: 2 });

describe('npm run prove', () => {
  it('proves operators and composites, in a table, a file and a last line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'prove-'));
    try {
      const json = join(folder, 'proved.json');
      const { code, out } = await prove(
        '--ops',
        'neg,conv2d',
        '--runs',
        '50',
        '--seed',
        '9',
        '--order',
        '2',
        '--json',
        json,
      );
      expect(code).toBe(0);
      expect(out.trimEnd().split('\n').at(-1)).toMatch(/^[1-9]\d* passed, 0 failed$/);
      const { subjects, seed, order } = JSON.parse(readFileSync(json, 'utf8'));
      expect({ seed, order }).toEqual({ seed: 9, order: 2 });
      const [neg, ...rest] = subjects;
      expect(neg).toMatchObject({ name: 'neg', kind: 'operator', outcome: 'passed' });
      expect(neg.tally.exact).toBeGreaterThan(50);
      for (const { kind, cases } of rest) expect({ kind, cases }).toEqual({ kind: 'composite', cases: 3 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is told of what nobody has time for, which is no success', async () => {
    const { code, out } = await prove('--ops', 'neg,abs,relu', '--time', '0.001s', '--runs', '4');
    expect(code).toBe(1);
    expect(out).toContain('the time did not suffice for');
  });

  it('refuses wrong command lines with 2', async () => {
    for (const args of [['--ops', 'nosuch'], ['--time', 'soon'], ['--runs', '-1'], ['--nosuch']]) {
      const { code, err } = await prove(...args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(err).toContain('npm run prove -- --help');
    }
  });
});

describe('what fails', () => {
  const wrong: AnyOp = { ...ops.neg!, name: 'neg', vjp: { x: ({ ct }) => ct! } };
  const [subject] = plan(['neg'], 100);
  subject!.results.push(runJob(subject!.jobs[0]!, { ...ops, neg: wrong }));

  it('is counted and shown with the command that repeats it', () => {
    expect(countsOf([subject!])).toEqual({ passed: 0, failed: 1, unreached: [] });
    const report = reportOf([subject!], 3, 2, ops);
    expect(report).toContain('FAILED neg');
    expect(report).toMatch(/replay: cotangent gradcheck neg --seed 3 --path [\d:]+/);
    expect(report.split('\n').at(-1)).toBe('0 passed, 1 failed');
  });

  it('is not gone on with', () => expect(dispenser([subject!])()).toBeUndefined());
});

describe('the plan', () => {
  const subjects = plan(['abs', 'neg'], 100);

  it('has all the cases asked for, each job its own seed, the first one that of the suite', () => {
    for (const { jobs } of subjects) {
      expect(jobs.reduce((sum, { runs }) => sum + runs, 0)).toBe(100);
      expect(new Set(jobs.map(({ seed }) => seed)).size).toBe(jobs.length);
      expect(jobs[0]!.seed).toBe(3);
    }
  });

  it('begins with every subject once, then hands out all the rest', () => {
    const next = dispenser(subjects);
    expect(secondsLeft(subjects)).toBeUndefined();
    const order: string[] = [];
    for (let job = next(); job !== undefined; job = next()) {
      order.push(job.name);
      const subject = subjects.find(({ name }) => name === job.name)!;
      subject.results.push(runJob({ ...job, runs: 1, index: 1 }));
      expect(failureIn(subject)).toBeUndefined();
    }
    expect(order.slice(0, 2)).toEqual(['abs', 'neg']);
    expect(order.length).toBe(6);
    expect(secondsLeft(subjects)).toBeGreaterThanOrEqual(0);
  });
});
