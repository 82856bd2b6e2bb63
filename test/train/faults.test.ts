import { copyFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/io/png/encode-png.ts';
import { readSafetensors } from '../../src/io/safetensors/read-safetensors.ts';
import { writeAtomically } from '../../src/io/write-atomically.ts';
import { readCheckpoint, writeCheckpoint } from '../../src/train/checkpoint.ts';
import type { TrainConfig } from '../../src/train/config.ts';
import { readLog } from '../../src/train/log.ts';
import { predict } from '../../src/train/predict.ts';
import { beginRun, resumeRun } from '../../src/train/run.ts';
import { runFiles } from '../../src/train/run-folder.ts';
import { train } from '../../src/train/train.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { tinyConfig } from './tiny-config.ts';

const root = temporaryFolder();
let folders = 0;
const folder = (): string => join(root, `${folders++}`);
const bytes = (dir: string): string => readFileSync(runFiles(dir).checkpoint, 'base64');
const numbers = (dir: string) =>
  readLog(runFiles(dir).log, Number.POSITIVE_INFINITY).map(({ seconds: _, ...entry }) => entry);

const keptTypes = (dir: string) => readSafetensors(runFiles(dir).checkpoint).tensors;

async function complete(config: TrainConfig = tinyConfig): Promise<string> {
  const dir = folder();
  await train(beginRun(dir, config), { threads: 1 });
  return dir;
}

/** Grey pairs of 16 × 16 pixels, one per mask value given: the left half is that, the right half 0. */
function pairs(values: readonly number[]): string {
  const dir = folder();
  for (const [i, value] of values.entries()) {
    const pixels = (f: (x: number, y: number) => number): Uint8Array =>
      encodePng({
        width: 16,
        height: 16,
        channels: 1,
        data: Uint8Array.from({ length: 256 }, (_, k) => f(k % 16, k >> 4)),
      });
    writeAtomically(
      join(dir, 'images', `${i}.png`),
      pixels((x, y) => (x < 8 ? 200 : 40) + ((x * 7 + y * 5) % 32)),
    );
    writeAtomically(
      join(dir, 'masks', `${i}.png`),
      pixels((x) => (x < 8 ? value : 0)),
    );
  }
  return dir;
}

describe('a damaged checkpoint', { timeout: 60_000 }, () => {
  it('is passed over for the one before it, and the run ends with the same bits', async () => {
    const straight = await complete();
    const dir = await complete();
    truncateSync(runFiles(dir).checkpoint, 1000);
    const out = folder();
    const images = pairs([1]);
    const run = resumeRun(dir);
    expect(run.notices).toEqual([
      expect.stringMatching(/is damaged \(safetensors\/.*going back to the checkpoint before it, after step \d/),
    ]);
    const predicted = predict({ run: dir, images: join(images, 'images'), out, threads: 1 });
    expect(predicted.notice).toMatch(/is damaged/);
    await train(run, { threads: 1 });
    expect(bytes(dir)).toBe(bytes(straight));
    expect(numbers(dir)).toEqual(numbers(straight));
  });

  it('is refused with its own error when the one before is damaged, too', async () => {
    const dir = await complete();
    for (const path of [runFiles(dir).checkpoint, runFiles(dir).previous]) truncateSync(path, 1000);
    expect(() => resumeRun(dir)).toThrow(/safetensors\/truncated.*checkpoint\.safetensors/);
  });

  it('leaves files of killed writers behind only until the run goes on', async () => {
    const dir = await complete();
    const { checkpoint, overlays } = runFiles(dir);
    const litter = [`${checkpoint}.12-00ff00ff.unfinished`, join(overlays, 'a.png.9-0123abcd.unfinished')];
    for (const path of litter) copyFileSync(checkpoint, path);
    await train(resumeRun(dir), { threads: 1 });
    expect(litter.filter((path) => existsSync(path))).toEqual([]);
  });
});

describe('data that lack something', { timeout: 60_000 }, () => {
  it('one image is trained on and validated on, which is said', async () => {
    const dir = folder();
    const data = { kind: 'folder', dir: pairs([1]) } as const;
    const run = beginRun(dir, { ...tinyConfig, data, val: '0.2', epochs: 1, steps: 3 });
    expect(run.notices).toEqual([expect.stringMatching(/is one image: it is trained on and validated on/)]);
    expect([run.training.length, run.validation.length]).toEqual([1, 1]);
    const { last } = await train(run, { threads: 1 });
    expect(last?.iou).toHaveLength(2);
    expect(resumeRun(dir).validation).toHaveLength(1);
  });

  it.each([
    ['ce', 'balanced'],
    ['ce', [1, 2, 3]],
    ['dice', 'none'],
    ['ce+dice', 'balanced'],
  ] as const)(
    'classes absent from a batch, and from all training masks, leave finite losses (%s, %s)',
    async (loss, classWeights) => {
      const dir = folder();
      // Batches of one image: each lacks a class or two; class 2 is in the held-back image only.
      const data = { kind: 'folder', dir: pairs([0, 1, 0, 2]) } as const;
      await train(beginRun(dir, { ...tinyConfig, data, val: '3', batch: 1, loss, classWeights, epochs: 1, steps: 3 }), {
        threads: 1,
      });
      const entries = numbers(dir);
      expect(entries.filter(({ kind }) => kind === 'step')).toHaveLength(3);
      for (const entry of entries) {
        expect(Number.isFinite(entry.loss)).toBe(true);
        if (entry.kind === 'epoch') {
          expect(entry.iou).toHaveLength(3);
          expect(entry.iou[2]).not.toBeNull();
        }
      }
    },
  );

  it('a mask with an unknown value is refused by name', async () => {
    const dir = await complete({
      ...tinyConfig,
      data: { kind: 'folder', dir: pairs([1, 1, 0]) },
      val: '2',
      epochs: 1,
      steps: 1,
    });
    const other = pairs([5]);
    const options = { run: dir, images: join(other, 'images'), masks: join(other, 'masks'), out: folder(), threads: 1 };
    expect(() => predict(options)).toThrow(
      /data\/mask-value: .*masks\/0\.png holds a value that is no class: 5\n.*row 0, column 0/,
    );
  });
});

describe('a step that breaks', { timeout: 60_000 }, () => {
  it('names the operator that made the first infinity, and what it was given', async () => {
    const config: TrainConfig = {
      ...tinyConfig,
      learningRate: 1e30,
      schedule: 'constant',
      optimizer: 'sgd',
      warmUp: 0,
    };
    const dir = folder();
    // The optimiser itself: parameters so large that their squares are beyond float32.
    await expect(train(beginRun(dir, config), { threads: 1 })).rejects.toThrow(
      /step 1 computed a loss of [\d.]+ and a gradient of length [\d.]+, and parameters of length Infinity\n {2}first at.*\n {2}its \w+ lies between -?[\d.e+]+ and/,
    );
    const { checkpoint } = resumeRun(dir);
    expect(checkpoint?.step).toBe(0);
    expect(Object.values(checkpoint!.tensors).every(({ data }) => data.every(Number.isFinite))).toBe(true);
  });

  it('finds it on the way forwards', async () => {
    const dir = await complete({ ...tinyConfig, epochs: 1, steps: 1 });
    const { checkpoint } = runFiles(dir);
    const { tensors, ...rest } = readCheckpoint(checkpoint, keptTypes(dir));
    const name = Object.keys(tensors).find((key) => key.startsWith('down1') && key.endsWith('.w'))!;
    tensors[name]!.data.fill(3e38);
    writeCheckpoint(checkpoint, { ...rest, tensors });
    await expect(train(resumeRun(dir, { epochs: 2 }), { threads: 1 })).rejects.toThrow(
      /first at {3}f32\[.*conv in unet\/down1.*\n.*its x lies .*\n.*its w lies between 3\.0+\d+e\+38 and/,
    );
  });
});

describe('a lost thread', { timeout: 60_000 }, () => {
  it('between steps changes no bit of a run', async () => {
    const straight = await complete();
    const dir = folder();
    const workers: Worker[] = [];
    const note = (worker: Worker): void => void workers.push(worker);
    process.on('worker', note);
    const onStep = async (): Promise<void> => {
      await setImmediate();
      await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
    };
    try {
      await train(beginRun(dir, tinyConfig), { threads: 3, callbacks: { onStep } });
    } finally {
      process.off('worker', note);
    }
    expect(bytes(dir)).toBe(bytes(straight));
  });
});
