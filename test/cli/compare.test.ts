import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare, comparisonPage, resumeComparison } from '../../src/train/index.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';
import { writePairs } from '../train/write-pairs.ts';
import { runInProcess } from './run-in-process.ts';

const root = temporaryFolder();
const data = join(root, 'data');
writePairs(data, 6, 32);
const nets = ['fcn-8s', 'patch-fcn'];

describe('cotangent compare', { timeout: 120_000 }, () => {
  it('trains, ranks and shows nets', async () => {
    const out = join(root, 'first');
    const args = ['compare', ...nets, '--data', data, '--steps', '6', '--threads', '2', '--out', out];
    const { code, stdout, stderr } = await runInProcess(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^net +parameters +MMACs +MB +ms\/step +steps +mIoU +accuracy +boundary F1 +checkerboard$/m);
    for (const name of [...nets, 'majority class']) expect(stdout).toMatch(new RegExp(`^${name} +\\d`, 'm'));

    const page = readFileSync(join(out, 'compare.html'), 'utf8');
    expect(page).not.toMatch(/\bsrc="(?!data:image\/png;base64,)|href="(?!#)|<script|@import/);
    for (const part of ['Leaderboard', 'The same images', 'Worst cases', 'Confusion', 'Recipe', ...nets])
      expect(page).toContain(part);

    const told = JSON.parse(readFileSync(join(out, 'leaderboard.json'), 'utf8'));
    const [best, worst] = told.nets;
    // A square of half the side is a quarter of the image: 3/4 are right, one class has IoU 3/4, the other none.
    expect(told.baseline).toMatchObject({ accuracy: 0.75, miou: 0.375 });
    expect(told).toMatchObject({ format: 'cotangent-compare/1', steps: 6, seed: 0, interrupted: false });
    expect(best.miou).toBeGreaterThanOrEqual(worst.miou);
    const patch = told.nets.find(({ name }: { readonly name: string }) => name === 'patch-fcn');
    // It works alike at every pixel.
    expect(patch.checkerboard).toBeLessThan(1e-5);
    expect(patch.losses).toHaveLength(6);
    expect(patch.samples).toHaveLength(1);

    // All is done: nothing is trained again, and the numbers are the same ones.
    const again = await runInProcess(['compare', '--resume', out, '--json']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(again.stdout).nets).toEqual(told.nets);
  });

  it('is stopped and taken up, with the results of one that was not', async () => {
    const dir = join(root, 'part');
    const abort = new AbortController();
    const stop = { threads: 1, signal: abort.signal, onOutcome: () => abort.abort() };
    const part = await compare(dir, { nets, seed: 0, steps: 6, dir: data }, stop);
    expect(part.interrupted).toBe(true);
    expect(part.outcomes.map(({ kind }) => kind)).toEqual(['measured', 'interrupted']);
    const rest = await resumeComparison(dir, { threads: 2 });
    expect(rest.interrupted).toBe(false);
    const scores = rest.outcomes.map((outcome) => (outcome.kind === 'measured' ? outcome.net.scores : outcome));
    const whole = JSON.parse(readFileSync(join(root, 'first', 'leaderboard.json'), 'utf8'));
    expect(whole.nets).toMatchObject(scores);
  });

  it('tells of a net that fails, and keeps the others', async () => {
    const dir = join(root, 'failing');
    mkdirSync(dir);
    writeFileSync(join(dir, 'compare.json'), JSON.stringify({ nets, seed: 0, steps: 2, dir: data }));
    // Where the run's folder should be.
    writeFileSync(join(dir, 'fcn-8s'), 'a file');
    const { code, stdout } = await runInProcess(['compare', '--resume', dir]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^fcn-8s +failed: output\//m);
    expect(stdout).toMatch(/^fcn-8s \(failed\) +–/m);
    expect(stdout).toMatch(/^patch-fcn +\d/m);
    expect(readFileSync(join(dir, 'compare.html'), 'utf8')).toContain('<h3>fcn-8s failed</h3>');
  });

  it('shows the page of a comparison of which nothing is done', async () => {
    const abort = new AbortController();
    abort.abort();
    const none = await compare(
      join(root, 'none'),
      { nets, seed: 0, steps: 2, dir: data },
      { threads: 1, signal: abort.signal },
    );
    expect(none.outcomes.map(({ kind }) => kind)).toEqual(['interrupted', 'interrupted']);
    expect(await comparisonPage(none)).toContain('interrupted');
  });

  it.each([
    [['nonet'], 2, /no net is called nonet\nThere are: unet, /],
    [['--steps', '0'], 2, /--steps/],
    [['--resume', root], 1, /compare\/absent/],
    [['--resume', root, '--quick'], 1, /run\/options.*--quick cannot change/],
    [['fcn-8s', '--out', data], 1, /output\/occupied/],
    [['fcn-8s', '--data', join(root, 'nowhere'), '--out', join(root, 'never')], 1, /data\//],
  ])('refuses %s', async (args, code, message) => {
    const ended = await runInProcess(['compare', ...args]);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
  });
});
