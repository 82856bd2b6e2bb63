import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { FuzzReport } from '../../src/fuzzer/report/fuzz-report.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';
import { runCli } from './run-cli.ts';
import { runInProcess } from './run-in-process.ts';

const root = temporaryFolder();
const at = (name: string): string => join(root, name);
const reportAt = (name: string): FuzzReport => JSON.parse(readFileSync(at(name), 'utf8')) as FuzzReport;
const alone = ['--threads', '1', '--corpus', at('corpus')];

describe('cotangent fuzz', { timeout: 120_000 }, () => {
  it('proves so many cases of the operators named, and reports in three formats', async () => {
    const reports = ['a.json', 'a.xml', 'a.html'].flatMap((name) => ['--report', at(name)]);
    const ended = await runInProcess([
      'fuzz',
      '--ops',
      'add,softmax',
      '--runs',
      '5',
      '--seed',
      '1',
      ...alone,
      ...reports,
    ]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^seed 1: 2 campaigns on 1 thread\n/);
    expect(ended.stdout).toMatch(/10 proved, 0 refuted, 0 inconclusive \(0\.00 %\), 0 missing/);
    const report = reportAt('a.json');
    expect(report).toMatchObject({ verdict: 'passed', cases: 10, seed: 1, interrupted: false });
    expect(report.campaigns.map(({ name }) => name)).toEqual(['add', 'softmax']);
    expect(readFileSync(at('a.xml'), 'utf8')).toContain('<testcase name="softmax"');
    expect(readFileSync(at('a.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('gives the same verdicts on threads, and for the time given', async () => {
    const ended = await runCli(['fuzz', '--ops', 'conv', '--time', '2s', '--threads', '2', '--corpus', at('corpus')]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/1 campaigns on 2 threads/);
    expect(ended.stdout).toMatch(/\d+ cases of 1 campaigns in \d+ s/);
  });

  it('stops at Ctrl-C, and reports what it has', async () => {
    const args = ['fuzz', '--ops', 'conv', '--time', '10m', '--threads', '2', '--corpus', at('corpus')];
    const ended = await runCli([...args, '--report', at('stopped.json')], (child) => {
      child.stdout!.once('data', () => setTimeout(() => child.kill('SIGINT'), 1500));
    });
    expect(ended.stdout).toMatch(/stopping after the present cases/);
    expect(ended.code).toBe(0);
    expect(reportAt('stopped.json')).toMatchObject({ interrupted: true, verdict: 'passed' });
  });

  it('keeps what a target does wrong, tries it first next time, and repeats it by its id', async () => {
    const bridge = fileURLToPath(new URL('copying-bridge.mjs', import.meta.url));
    const target = ['--target', `"${process.execPath}" "${bridge}"`, '--corpus', at('foreign')];
    const report = ['--report', at('foreign.json')];
    const first = await runInProcess(['fuzz', ...target, '--runs', '10', '--seed', '2', ...report]);
    expect(first.code).toBe(1);
    const { findings } = reportAt('foreign.json');
    const refuted = findings.filter(({ verdict }) => verdict === 'refuted');
    expect(refuted.length).toBeGreaterThan(0);
    expect(readdirSync(at('foreign'))).toHaveLength(refuted.length);

    const again = await runInProcess(['fuzz', ...target, '--runs', '1', '--seed', '3', ...report]);
    expect(again.stdout).toContain(`${refuted.length} known failures first`);
    expect(
      reportAt('foreign.json')
        .corpus.again.map(({ id }) => id)
        .sort(),
    ).toEqual(refuted.map(({ id }) => id).sort());

    const repeated = await runInProcess(['fuzz', '--replay', refuted[0]!.id, '--corpus', at('foreign')]);
    expect(repeated.code).toBe(1);
    expect(repeated.stdout).toContain(refuted[0]!.summary);
  });

  it('says of a case that nothing is wrong with it', async () => {
    const ended = await runInProcess(['fuzz', '--replay', 'add@1:0', ...alone]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^proved {2}add: nothing is wrong with add@1:0/);
  });

  it.each([
    [['--ops', 'nothing'], /no operator is called nothing/],
    [['--time', '0'], /Give a time/],
    [['--order', '4'], /Give 1, 2 or 3/],
    [['--report', 'a.pdf'], /ends in \.html, \.json or \.xml/],
    [['--replay', 'nothing@1:0'], /there is no campaign for 'nothing@1:0'/],
    [['--replay', 'nonsense'], /there is no campaign for 'nonsense'/],
  ])('refuses %j', async (args, message) => {
    const ended = await runInProcess(['fuzz', ...args, ...alone]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(message);
  });
});
