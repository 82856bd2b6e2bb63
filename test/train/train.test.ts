import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CotangentError } from '../../src/graph/error.ts';
import { readPng } from '../../src/io/png/read-png.ts';
import { readSafetensors } from '../../src/io/safetensors/read-safetensors.ts';
import type { TrainConfig } from '../../src/train/config.ts';
import { type LogEntry, readLog } from '../../src/train/log.ts';
import { type Reporter, silent } from '../../src/train/reporter.ts';
import { beginRun, resumeRun } from '../../src/train/run.ts';
import { runFiles } from '../../src/train/run-folder.ts';
import { readRunRecord } from '../../src/train/run-record.ts';
import { type Outcome, train } from '../../src/train/train.ts';
import { folderContents } from './folder-contents.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { tinyConfig } from './tiny-config.ts';
import { writePairs } from './write-pairs.ts';

const root = temporaryFolder();
let folders = 0;
const folder = (): string => join(root, `run-${folders++}`);

/** Aborts after so many steps of this session, or (0) during the first validation. */
function stopAfter(steps: number): { reporter: Reporter; signal: AbortSignal } {
  const abort = new AbortController();
  let seen = 0;
  const reporter: Reporter = {
    ...silent,
    step: () => {
      seen += 1;
      if (seen === steps) abort.abort();
    },
    validating: () => {
      if (steps === 0) abort.abort();
    },
  };
  return { reporter, signal: abort.signal };
}
const whole = (dir: string, config: TrainConfig = tinyConfig): Promise<Outcome> =>
  train(beginRun(dir, config), { reporter: silent });

/** The log without what differs between any two runs: how long things took. */
const numbers = (dir: string): Omit<LogEntry, 'seconds'>[] =>
  readLog(runFiles(dir).log, Number.POSITIVE_INFINITY).map(({ seconds: _, ...entry }) => entry);
const bytes = (dir: string): Buffer => readFileSync(runFiles(dir).checkpoint);

async function faultOf(run: () => unknown): Promise<CotangentError> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(CotangentError);
    return error as CotangentError;
  }
  throw new Error('nothing was refused');
}

describe('training', { timeout: 60_000 }, () => {
  const straight = folder();
  const done = whole(straight);

  it('leaves a record, a log, checkpoints and overlays', async () => {
    const { interrupted, step, last } = await done;
    expect([interrupted, step]).toEqual([false, 6]);
    expect(numbers(straight).map((e) => `${e.kind} ${e.step}`)).toEqual([
      'step 1',
      'step 2',
      'step 3',
      'epoch 3',
      'step 4',
      'step 5',
      'step 6',
      'epoch 6',
    ]);
    expect(last).toMatchObject({ step: 6, epoch: 1 });
    expect(readRunRecord(straight)).toMatchObject({
      schema: 1,
      config: tinyConfig,
      data: { channels: 3, classNames: ['background', 'disc'] },
    });
    expect(
      readdirSync(runFiles(straight).overlays)
        .map((f) => `${f}`)
        .sort(),
    ).toEqual(
      readRunRecord(straight)
        .data.validation.map((n) => `${n}.png`)
        .sort(),
    );
    const picture = readPng(join(runFiles(straight).overlays, `${readRunRecord(straight).data.validation[0]}.png`));
    expect([picture.width, picture.height]).toEqual([3 * 288 + 8, 288]);
    expect(readSafetensors(runFiles(straight).checkpoint).metadata).toMatchObject({ step: '6' });
  });

  it('computes the same bits again, and others with another seed', async () => {
    await done;
    const [again, other] = [folder(), folder()];
    await whole(again);
    await whole(other, { ...tinyConfig, seed: 2 });
    expect(numbers(again)).toEqual(numbers(straight));
    expect(bytes(again)).toEqual(bytes(straight));
    expect(bytes(other)).not.toEqual(bytes(straight));
  });

  it.each([0, 1, 3, 5, 6])('goes on bit for bit after an interruption (%i)', async (steps) => {
    await done;
    const dir = folder();
    const first = await train(beginRun(dir, tinyConfig), stopAfter(steps));
    expect(first.interrupted).toBe(true);
    expect(first.step).toBe(steps === 0 ? 3 : steps);
    const second = await train(resumeRun(dir), { reporter: silent });
    expect(second.interrupted).toBe(false);
    expect(numbers(dir)).toEqual(numbers(straight));
    expect(bytes(dir)).toEqual(bytes(straight));
  });

  it('computes the same bits on any number of threads, also when it goes on with another', async () => {
    await done;
    const [many, changed] = [folder(), folder()];
    await train(beginRun(many, tinyConfig), { reporter: silent, threads: 3 });
    expect(bytes(many)).toEqual(bytes(straight));
    await train(beginRun(changed, tinyConfig), { ...stopAfter(4), threads: 1 });
    await train(resumeRun(changed), { reporter: silent, threads: 2 });
    expect(numbers(changed)).toEqual(numbers(straight));
    expect(bytes(changed)).toEqual(bytes(straight));
  });

  it('weighs classes', async () => {
    await done;
    const dir = folder();
    await whole(dir, { ...tinyConfig, classWeights: [1, 5], epochs: 1, steps: 3 });
    expect(numbers(dir)[0]!.loss).not.toBe(numbers(straight)[0]!.loss);
    expect(readRunRecord(dir).config.classWeights).toEqual([1, 5]);
  });

  it('goes on when the log was cut in the middle of a line, or ran ahead of the checkpoint', async () => {
    await done;
    const dir = folder();
    await train(beginRun(dir, tinyConfig), stopAfter(4));
    const { log } = runFiles(dir);
    writeFileSync(
      log,
      `${readFileSync(log, 'utf8')}{"kind":"step","step":5,"epoch":1,"loss":9,"learningRate":1,"gradientNorm":1,"seconds":1}\n{"kind":"st`,
    );
    await train(resumeRun(dir), { reporter: silent });
    expect(numbers(dir)).toEqual(numbers(straight));
  });

  it('starts over when it was killed before anything was saved', async () => {
    await done;
    const dir = folder();
    await train(beginRun(dir, tinyConfig), stopAfter(2));
    rmSync(runFiles(dir).checkpoint);
    await train(resumeRun(dir), { reporter: silent });
    expect(numbers(dir)).toEqual(numbers(straight));
    expect(bytes(dir)).toEqual(bytes(straight));
  });

  it('goes on beyond its end with more epochs, and does nothing when it is complete', async () => {
    await done;
    const dir = folder();
    await whole(dir, { ...tinyConfig, schedule: 'constant' });
    const before = bytes(dir);
    expect(await train(resumeRun(dir), { reporter: silent })).toMatchObject({
      step: 6,
      interrupted: false,
      last: { step: 6 },
    });
    expect(bytes(dir)).toEqual(before);
    expect(await train(resumeRun(dir, { epochs: 3 }), { reporter: silent })).toMatchObject({ step: 9 });
    const straightOn = folder();
    await whole(straightOn, { ...tinyConfig, schedule: 'constant', epochs: 3, steps: 9 });
    expect(numbers(dir).map((e) => e.loss)).toEqual(numbers(straightOn).map((e) => e.loss));
  });

  it('learns: the loss on shapes falls', async () => {
    const dir = folder();
    const { last } = await whole(dir, { ...tinyConfig, epochs: 1, stepsPerEpoch: 60, steps: 60, learningRate: 0.02 });
    const losses = numbers(dir)
      .filter((e) => e.kind === 'step')
      .map((e) => e.loss);
    const mean = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
    expect(mean(losses.slice(-10))).toBeLessThan(0.7 * mean(losses.slice(0, 10)));
    expect(last!.miou).toBeGreaterThan(0.5);
  });

  it('trains on a folder, with each optimiser and loss', async () => {
    const data = join(root, 'pairs');
    writePairs(data, 4, 12);
    for (const [optimizer, loss] of [
      ['sgd', 'ce'],
      ['adamw', 'dice'],
    ] as const) {
      const dir = folder();
      const { last } = await whole(dir, {
        ...tinyConfig,
        data: { kind: 'folder', dir: data },
        optimizer,
        loss,
        epochs: 1,
        steps: 3,
      });
      expect(last!.iou).toHaveLength(2);
    }
  });

  it('trains with pixels that are no class', async () => {
    const data = join(root, 'ignoring');
    writePairs(data, 4, 12);
    const bare = { kind: 'folder', dir: data } as const;
    expect((await faultOf(() => beginRun(folder(), { ...tinyConfig, data: { ...bare, ignore: 255 } }))).code).toBe(
      'data/mask-classes',
    );
    const dir = folder();
    await whole(dir, { ...tinyConfig, data: { ...bare, ignore: 7 }, loss: 'ce+dice', epochs: 1, steps: 3 });
    expect(numbers(dir).every((e) => Number.isFinite(e.loss))).toBe(true);
  });

  it('stops at a loss that is not finite, names the node, and saves the parameters before it', async () => {
    const dir = folder();
    const fault = await faultOf(() =>
      whole(dir, { ...tinyConfig, learningRate: 1e30, schedule: 'constant', optimizer: 'sgd' }),
    );
    expect(fault.code).toBe('train/not-finite');
    expect(fault.message).toMatch(/step \d computed a loss of .*\n {2}first at {3}f32\[/);
    const { tensors } = readSafetensors(runFiles(dir).checkpoint);
    expect(Object.values(tensors).every((t) => t.data.every((x) => Number.isFinite(x)))).toBe(true);
  });
});

describe('what is refused before anything is written', { timeout: 60_000 }, () => {
  it.each<[string, Partial<TrainConfig>]>([
    ['train/crop', { crop: 15 }],
    ['net/unknown', { net: { name: 'vnet', width: 2, depth: 1, norm: 'group' } }],
    ['train/class-weights', { classWeights: [1, 1, 1] }],
    ['data/val', { val: '6' }],
    ['data/folder', { data: { kind: 'folder', dir: join(root, 'absent') } }],
  ])('%s', async (code, change) => {
    const dir = folder();
    expect((await faultOf(() => beginRun(dir, { ...tinyConfig, ...change }))).code).toBe(code);
    expect(readdirSync(root)).not.toContain(dir.slice(root.length + 1));
  });

  it('a folder that holds something', async () => {
    const dir = folder();
    writePairs(dir, 1, 2);
    const before = folderContents(dir);
    const fault = await faultOf(() => beginRun(dir, tinyConfig));
    expect(fault.code).toBe('output/occupied');
    expect(fault.fix).toContain(`--resume ${dir}`);
    expect(folderContents(dir)).toEqual(before);
  });

  it('a folder that cannot be made', async () => {
    const file = folder();
    writeFileSync(file, 'mine');
    expect((await faultOf(() => beginRun(file, tinyConfig))).code).toBe('output/unwritable');
    expect((await faultOf(() => beginRun(join(file, 'run'), tinyConfig))).code).toMatch(
      /^(output\/unwritable|io\/write)$/,
    );
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it.each<[string, RegExp, (dir: string) => void]>([
    ['a truncated checkpoint', /^safetensors\/truncated/, (d) => truncateSync(runFiles(d).checkpoint, 900)],
    ['a checkpoint that is none', /^safetensors\//, (d) => writeFileSync(runFiles(d).checkpoint, 'not a checkpoint')],
    [
      'a checkpoint of another run',
      /^checkpoint\/mismatch[\s\S]*missing|is f32/,
      (d) => writeFileSync(runFiles(d).checkpoint, readFileSync(runFiles(other).checkpoint)),
    ],
    ['a record that is not JSON', /^run\/record[\s\S]*not JSON/, (d) => truncateSync(runFiles(d).record, 30)],
    [
      'a record with a wrong field',
      /^run\/record[\s\S]*config\.batch/,
      (d) =>
        writeFileSync(runFiles(d).record, readFileSync(runFiles(d).record, 'utf8').replace('"batch": 2', '"batch": 0')),
    ],
    [
      'another schema version',
      /^run\/record[\s\S]*schema/,
      (d) =>
        writeFileSync(
          runFiles(d).record,
          readFileSync(runFiles(d).record, 'utf8').replace('"schema": 1', '"schema": 2'),
        ),
    ],
    ['a missing record', /^run\/absent/, (d) => rmSync(runFiles(d).record)],
    [
      'other data',
      /^run\/data/,
      (d) =>
        writeFileSync(runFiles(d).record, readFileSync(runFiles(d).record, 'utf8').replace('"count": 6', '"count": 7')),
    ],
  ])('%s, when resuming', async (_, text, spoil) => {
    await otherDone;
    const dir = folder();
    await train(beginRun(dir, tinyConfig), stopAfter(1));
    spoil(dir);
    const before = folderContents(dir);
    expect((await faultOf(() => resumeRun(dir))).message).toMatch(text);
    expect(folderContents(dir)).toEqual(before);
  });
  const other = folder();
  const otherDone = train(
    beginRun(other, { ...tinyConfig, net: { name: 'unet', width: 3, depth: 1, norm: 'group' } }),
    stopAfter(1),
  );
});
