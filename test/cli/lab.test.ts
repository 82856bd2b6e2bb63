import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runSystems } from '../../src/cli/run-systems.ts';
import { type System, systems } from '../../src/lab/index.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';
import { runInProcess } from './run-in-process.ts';

const root = temporaryFolder();

describe('cotangent lab', { timeout: 60_000 }, () => {
  it('lists the systems with their numbers', async () => {
    const { code, stdout, stderr } = await runInProcess(['lab']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name, title } of systems)
      expect(stdout).toMatch(new RegExp(`^${name} +\\S.*${title.slice(0, 12)}`, 'm'));
    expect(stdout).toMatch(/^unpooling +43–44 /m);
  });

  it('names those there are when asked for another', async () => {
    const { code, stderr } = await runInProcess(['lab', 'unpolling']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no system is called unpolling\nThere are: .*unpooling.*, all/);
  });

  it.each([
    ['--effort', '0'],
    ['--effort', 'much'],
    ['--seed', '-1'],
    ['--backend', 'gpu'],
  ])('refuses %s %s', async (option, value) => {
    expect(await runInProcess(['lab', 'unpooling', option, value])).toMatchObject({ code: 2, stdout: '' });
  });

  it('prints tables and claims with their verdicts, and writes a report and pictures', async () => {
    const out = join(root, 'new/unpooling');
    const { code, stdout, stderr } = await runInProcess([
      'lab',
      'unpooling',
      '--out',
      out,
      '--seed',
      '5',
      '--threads',
      '1',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^✓ 2×2: pool\(unpool\(y\)\) = y/m);
    expect(stdout).not.toContain('✗');
    expect(stdout).toMatch(/^ +2 {2}average, copied +\d\d\.\d+ /m);
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as {
      readonly seed: number;
      readonly pictures: readonly { readonly file: string }[];
    };
    expect(report.seed).toBe(5);
    const files = [...report.pictures.map(({ file }) => file), 'report.json'];
    expect(readdirSync(out)).toEqual(expect.arrayContaining(files));
  });

  it('judges nothing below effort 1, and prints JSON alone where that is wanted', async () => {
    const out = join(root, 'quick');
    const quick = await runInProcess(['lab', 'unpooling', '--out', out, '--effort', '0.1']);
    expect(quick.stdout).toMatch(/^– 2×2: pool/m);
    const json = await runInProcess(['lab', 'unpooling', '--out', join(root, 'json'), '--effort', '0.1', '--json']);
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      judged: false,
      out: join(root, 'json'),
      system: { name: 'unpooling' },
    });
  });

  it('repeats itself to the bit, from the seed', async () => {
    const numbers = async (name: string, seed: string): Promise<unknown> => {
      const args = ['lab', 'unpooling', '--out', join(root, name), '--effort', '0.1', '--json', '--seed', seed];
      const { tables, claims } = JSON.parse((await runInProcess(args)).stdout) as { tables: unknown; claims: unknown };
      return { tables, claims };
    };
    expect(await numbers('a', '1')).toEqual(await numbers('b', '1'));
    expect(await numbers('c', '1')).not.toEqual(await numbers('d', '2'));
  });

  it('touches no folder that holds something', async () => {
    const out = join(root, 'occupied');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.tex'), 'work of years');
    const { code, stderr } = await runInProcess(['lab', 'unpooling', '--out', out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^output\/occupied: /);
    expect(readdirSync(out)).toEqual(['thesis.tex']);
  });

  it('draws a bar on a terminal, and takes it down', async () => {
    const { code, stdout } = await runInProcess(
      ['lab', 'unpooling', '--out', join(root, 'bar'), '--effort', '0.1'],
      true,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/\[[█░]+\] \d+ % {2}pooling and unpooling/);
    expect(stdout.slice(stdout.indexOf('window  unpooling'))).not.toMatch(/[█░]/);
  });

  it('stopped, says so and writes nothing half', async () => {
    const out = join(root, 'stopped');
    const running = runInProcess(['lab', 'unpooling', '--out', out, '--threads', '1']);
    let ended = false;
    void running.then(() => {
      ended = true;
    });
    // The command listens from its first step on.
    while (process.listenerCount('SIGINT') === 0 && !ended) await new Promise((next) => setTimeout(next, 1));
    process.emit('SIGINT');
    const { code, stdout } = await running;
    expect(code).toBe(130);
    expect(stdout).toMatch(/Ctrl-C again quits at once[\s\S]*interrupted; nothing is written of unpooling/);
    expect(existsSync(out)).toBe(false);
  });
});

describe('runSystems', () => {
  const liar: System = {
    name: 'liar',
    title: 'Liar',
    checklist: [1],
    about: 'Claims what is not so.',
    run: async () => ({ claims: [{ text: '1 = 2', holds: false }], tables: [], curves: [], pictures: [] }),
  };
  const run = async (effort: number) => {
    const out = new PassThrough();
    const options = { seed: 0, effort, out: join(root, `liar-${effort}`), backend: 'reference', threads: 1 } as const;
    const code = await runSystems('all', [liar], options, out);
    return { code, stdout: String(out.read()) };
  };

  it('fails when a claim does not hold, but not on a quick look', async () => {
    const failed = await run(1);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/^✗ 1 = 2[\s\S]*Does not hold:\n✗ liar: 1 = 2\n$/m);
    expect(await run(0.5)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^– 1 = 2$/m) as string });
    expect(readdirSync(join(root, 'liar-1/liar'))).toEqual(['report.html', 'report.json']);
  });
});
