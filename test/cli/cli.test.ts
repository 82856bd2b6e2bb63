import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/io/png/encode-png.ts';
import { readLog } from '../../src/train/log.ts';
import { runFiles } from '../../src/train/run-folder.ts';
import { folderContents } from '../train/folder-contents.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';
import { writePairs } from '../train/write-pairs.ts';
import { runCli } from './run-cli.ts';
import { runInProcess } from './run-in-process.ts';

const root = temporaryFolder();
const data = join(root, 'data');
writePairs(data, 5, 16);
const small = ['--width', '2', '--depth', '1', '--crop', '8', '--batch', '2', '--steps-per-epoch', '3'];
const losses = (run: string): number[] => readLog(runFiles(run).log, Number.POSITIVE_INFINITY).map((e) => e.loss);

/** One screen, in the error format, no stack. */
function expectFault(ended: { code: unknown; stderr: string }, code: string, ...parts: readonly string[]): void {
  expect(ended.stderr.startsWith(`${code}: `), ended.stderr).toBe(true);
  expect(ended.stderr).toMatch(/\n {2}Fix: .*docs\/errors\.md#/);
  expect(ended.stderr.split('\n').length).toBeLessThan(20);
  expect(ended.stderr).not.toMatch(/\n\s+at /);
  for (const part of parts) expect(ended.stderr).toContain(part);
  expect(ended.code).toBe(1);
}

describe('cotangent', { timeout: 60_000 }, () => {
  it('trains, predicts with scores, and resumes what is complete', async () => {
    const run = join(root, 'trained');
    const trained = await runCli(['train', '--data', data, ...small, '--epochs', '2', '--val', '3,4', '--out', run]);
    expect(trained.stderr).toBe('');
    expect(trained.stdout).toMatch(/epoch 2\/2 {2}step 6\/6 {2}loss \d\.\d+ {2}validation mIoU/);
    expect(trained.stdout).toMatch(/class 0\s+[\d.]+\s+[\d.]+\n\s+class 1 \(255\)\s+[\d.]+/);
    expect(trained.stdout).toMatch(/mIoU \d\.\d{4}/);
    expect(trained.code).toBe(0);
    const { report: _, ...files } = runFiles(run);
    for (const file of Object.values(files)) expect(existsSync(file), file).toBe(true);

    const out = join(root, 'predicted');
    const predicted = await runCli([
      'predict',
      '--run',
      run,
      '--images',
      join(data, 'images'),
      '--masks',
      join(data, 'masks'),
      '--out',
      out,
    ]);
    expect(predicted).toMatchObject({ code: 0, stderr: '' });
    expect(predicted.stdout).toMatch(/mIoU[\s\S]*predicted 5 images with the parameters of step 6/);
    for (const file of ['masks/4.png', 'overlays/4.png', 'scores.json']) expect(existsSync(join(out, file))).toBe(true);

    const before = folderContents(run);
    const again = await runInProcess(['train', '--data', data, ...small, '--resume', '--out', run]);
    expect(again.code).toBe(0);
    expect(folderContents(run)[runFiles(run).checkpoint]).toBe(before[runFiles(run).checkpoint]);
  });

  it('saves when it is interrupted, exits 130, and resumes to the same losses as without', async () => {
    const [cut, straight] = [join(root, 'cut'), join(root, 'straight')];
    // So many that it cannot be through before the signal comes.
    const all = 1500;
    const args = ['train', '--data', data, ...small, '--steps-per-epoch', `${all}`, '--epochs', '1'];
    const interrupted = await runCli([...args, '--out', cut], (child) => {
      const watch = setInterval(() => {
        if (!existsSync(runFiles(cut).log) || losses(cut).length < 5) return;
        clearInterval(watch);
        child.kill('SIGINT');
      }, 20);
      child.on('close', () => clearInterval(watch));
    });
    expect(interrupted.code).toBe(130);
    expect(interrupted.stdout).toMatch(
      /interrupted after step \d+ of 1500; all of it is saved\. Go on with:\n {2}cotangent train --resume/,
    );
    const done = losses(cut).length;
    expect(done).toBeGreaterThanOrEqual(5);
    expect(done).toBeLessThan(all);
    const [resumed] = await Promise.all([runCli(['train', '--resume', cut]), runCli([...args, '--out', straight])]);
    expect(resumed.stderr).toBe('');
    expect(resumed.stdout).toContain(`going on after step ${done}`);
    expect(resumed.code).toBe(0);
    expect(losses(cut)).toEqual(losses(straight));
    for (const file of ['checkpoint', 'best'] as const)
      expect(readFileSync(runFiles(cut)[file])).toEqual(readFileSync(runFiles(straight)[file]));
  });

  it.each<[string, string, (dir: string) => void, readonly string[]]>([
    ['an empty folder', 'data/empty', (d) => rmSync(join(d, 'images/0.png')), ['images holds no PNG files']],
    ['a missing mask', 'data/pair', (d) => rmSync(join(d, 'masks/0.png')), ['0.png']],
    ['a truncated image', 'png/truncated', (d) => truncateSync(join(d, 'images/0.png'), 50), ['images/0.png']],
    [
      'a size mismatch',
      'data/size',
      (d) =>
        writeFileSync(join(d, 'masks/0.png'), encodePng({ width: 1, height: 2, channels: 1, data: new Uint8Array(2) })),
      ['16×16', '1×2'],
    ],
  ])('refuses %s', async (name, code, spoil, parts) => {
    const dir = join(root, name);
    writePairs(dir, name === 'an empty folder' ? 1 : 2, 16);
    spoil(dir);
    const run = join(root, `run of ${name}`);
    expectFault(await runInProcess(['train', '--data', dir, '--out', run]), code, ...parts);
    expect(existsSync(run)).toBe(false);
  });

  it('overwrites nothing: neither a folder in use, nor a run with a corrupted checkpoint', async () => {
    const before = folderContents(data);
    expectFault(await runCli(['train', '--out', data]), 'output/occupied', '--resume', '--out');
    expect(folderContents(data)).toEqual(before);

    const run = join(root, 'corrupted');
    await runInProcess(['train', '--data', data, ...small, '--steps', '2', '--out', run]);
    const { checkpoint, previous } = runFiles(run);
    const bytes = readFileSync(checkpoint);
    for (const path of [checkpoint, previous]) writeFileSync(path, bytes.subarray(0, bytes.length - 7));
    const spoilt = folderContents(run);
    expectFault(await runInProcess(['train', '--resume', run, '--epochs', '2']), 'safetensors/truncated', checkpoint);
    const out = join(root, 'out of corrupted');
    expectFault(
      await runInProcess(['predict', '--run', run, '--images', join(data, 'images'), '--out', out]),
      'safetensors/truncated',
      checkpoint,
    );
    expect(folderContents(run)).toEqual(spoilt);
    expect(existsSync(out)).toBe(false);
  });

  it('refuses an output that cannot be written, before it trains', async () => {
    const file = join(root, 'file');
    writeFileSync(file, 'mine');
    const ended = await runCli(['train', '--out', join(file, 'run')]);
    expect(ended.stderr).toMatch(/^(output\/unwritable|io\/write): /);
    expect(ended.stdout).toBe('');
    expect(ended.code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('refuses options that a run was not begun with', async () => {
    const run = join(root, 'other options');
    await runInProcess(['train', '--data', data, ...small, '--steps', '1', '--out', run]);
    expectFault(
      await runInProcess(['train', '--resume', run, '--lr', '0.5', '--batch', '3']),
      'run/options',
      'learningRate',
      'batch: 2, now 3',
    );
  });

  it.each([
    [['train', '--epochs', '0'], /--epochs.*whole number/],
    [['train', '--lr', 'fast'], /--lr.*number above 0/],
    [['train', '--net', 'vnet'], /Allowed choices are unet/],
    [['train', '--turn', 'half'], /Allowed choices are none, quarter/],
    [['train', '--threads', '0'], /'auto' or a whole number from 1/],
    [['predict', '--threads', 'two'], /'auto' or a whole number from 1/],
    [['train', '--class-weights', '1,0'], /'none', 'balanced' or a number above 0 per class/],
    [['train', '--class-weights', '2'], /'none', 'balanced' or a number above 0 per class/],
    [['train', '--nosuch'], /unknown option '--nosuch'[\s\S]*cotangent train --help/],
    [['train', '--resume'], /--resume RUN/],
    [['train', '--data', 'x', '--size', '32'], /cannot be used with option '--size/],
    [['predict', '--run', 'x'], /required option '--images/],
    [['nosuch'], /unknown command/],
  ])('calls %j a usage error', async (args, text) => {
    const ended = await runInProcess(args);
    expect(ended.stderr).toMatch(text);
    expect(ended.code).toBe(2);
  });

  it('takes weights, turns and threads, and goes on with other threads', async () => {
    const run = join(root, 'weighted');
    const given = ['--turn', 'none', '--class-weights', '1,2', '--threads', '2', '--steps', '2'];
    expect((await runInProcess(['train', '--data', data, ...small, ...given, '--out', run])).code).toBe(0);
    const again = ['train', '--resume', run, '--class-weights', '1,2', '--threads', '1', '--steps', '3'];
    expect(await runInProcess(again)).toMatchObject({ code: 0, stderr: '' });
    expectFault(await runInProcess(['train', '--resume', run, '--turn', 'quarter']), 'run/options', 'turn: "none"');
  });

  it('gives the status of a usage error to the shell', async () => {
    expect((await runCli(['train', '--lr', 'fast'])).code).toBe(2);
  });

  it('draws a bar on a terminal, and leaves a line per epoch', async () => {
    const run = join(root, 'on a terminal');
    const { code, stdout } = await runInProcess(
      ['train', '--data', data, ...small, '--epochs', '2', '--out', run],
      true,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/\[[█░]+\] epoch 1\/2 {2}step 1\/6 {2}loss \d\.\d{4} {2}ETA \d+ s/);
    expect(stdout.match(/epoch \d\/2 {2}step \d\/6 {2}loss [\d.]+ {2}validation mIoU/g)).toHaveLength(2);
  });

  it.each([['--help'], ['train', '--help'], ['predict', '--help'], ['graph', '--help']].map((args) => [args]))(
    'explains %j with examples',
    async (args) => {
      const { code, stdout } = await runInProcess(args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Usage: cotangent[\s\S]*Examples:\n {2}cotangent /);
    },
  );

  it.each([
    [['graph'], /^n0 = input "x" : f32\[1,1,64,64\]\n[\s\S]*output logits = n\d+\n$/],
    [
      ['graph', 'unet', '--grad', '--depth', '1', '--width', '2', '--size', '8'],
      /output loss = n\d+\n[\s\S]*output head\.\w+ = n\d+/,
    ],
    [['graph', '--depth', '1', '--format', 'dot'], /^digraph/],
    [['graph', '--depth', '1', '--format', 'mermaid'], /^(flowchart|graph) /],
    [['graph', '--depth', '1', '--format', 'json'], /"format": "cotangent-graph"/],
  ])('prints %j', async (args, text) => {
    const { code, stdout, stderr } = await runInProcess(args);
    expect(stderr).toBe('');
    expect(stdout).toMatch(text);
    expect(code).toBe(0);
  });

  it('refuses a size that the net cannot halve', async () => {
    expectFault(await runInProcess(['graph', 'unet', '--size', '30', '--depth', '2']), 'unet/skip', '30');
  });
});
