import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { isUnfinished } from '../../src/io/write-atomically.ts';
import { runFiles } from '../../src/train/run-folder.ts';
import { bundledCommand } from './bundled-command.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = temporaryFolder();
const command = bundledCommand(root);
const options =
  '--size 16 --classes 2 --count 6 --val 2 --width 2 --depth 1 --batch 2 --crop 16 --epochs 6 --steps-per-epoch 25 ' +
  '--accumulate 2 --ema 0.9 --clip 1 --optimizer sgd --schedule one-cycle --keep-best loss --threads 1';

async function start(args: string): Promise<{ process: ChildProcess; ended: Promise<number | null> }> {
  const child = spawn(process.execPath, [await command, ...args.split(' ')], { stdio: 'ignore' });
  return { process: child, ended: new Promise((resolve) => child.on('exit', resolve)) };
}

const begin = (dir: string): string => `train ${options} --out ${dir}`;

/** All that a run leaves, but for how long things took and where it lies. */
const left = (dir: string) => {
  const files = runFiles(dir);
  return {
    checkpoint: readFileSync(files.checkpoint, 'base64'),
    best: readFileSync(files.best, 'base64'),
    log: readFileSync(files.log, 'utf8').replaceAll(/"seconds":[^,}]+/g, ''),
    overlays: readdirSync(files.overlays).map((name) => [name, readFileSync(join(files.overlays, name), 'base64')]),
    names: readdirSync(dir).sort(),
  };
};

describe('kill -9', { timeout: 120_000 }, () => {
  it('at random moments changes no bit of what a run leaves', async () => {
    const [straight, killed] = [join(root, 'straight'), join(root, 'killed')];
    expect(await (await start(begin(straight))).ended).toBe(0);
    const moments: string[] = [];
    for (let kills = 0; kills < 4; kills++) {
      const { log, record } = runFiles(killed);
      const before = statSync(log, { throwIfNoEntry: false })?.mtimeMs;
      const child = await start(existsSync(record) ? `train --resume ${killed}` : begin(killed));
      // Until it works; then anywhere in its files, steps, validations.
      while (child.process.exitCode === null && statSync(log, { throwIfNoEntry: false })?.mtimeMs === before)
        await setTimeout(2);
      await setTimeout(Math.random() * 150);
      child.process.kill('SIGKILL');
      if ((await child.ended) !== null) break;
      moments.push(existsSync(log) ? (readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? '') : 'no log');
    }
    expect(await (await start(`train --resume ${killed}`)).ended).toBe(0);
    expect(left(killed), `killed after ${moments.join('; ')}`).toEqual(left(straight));
    expect(readdirSync(killed).some(isUnfinished)).toBe(false);
    expect(moments.length).toBeGreaterThan(0);
  });
});
