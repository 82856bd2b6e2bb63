import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/wasm/wasm.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32, i32 } from '../../src/graph/type.ts';
import { readSafetensors } from '../../src/io/safetensors/read-safetensors.ts';
import { makeNet } from '../../src/nn/index.ts';
import type { TrainConfig } from '../../src/train/config.ts';
import { exportLog } from '../../src/train/export-log.ts';
import { type EpochEntry, type LogEntry, readLog } from '../../src/train/log.ts';
import { mapValues } from '../../src/train/map-values.ts';
import { Predictor } from '../../src/train/predictor.ts';
import { type Regime, scheduleNames } from '../../src/train/regime.ts';
import { beginRun, resumeRun } from '../../src/train/run.ts';
import { runFiles } from '../../src/train/run-folder.ts';
import { learningRateAt, type RateConfig } from '../../src/train/schedule.ts';
import { train } from '../../src/train/train.ts';
import { runInProcess } from '../cli/run-in-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { tinyConfig } from './tiny-config.ts';

const root = temporaryFolder();
let folders = 0;
const folder = (): string => join(root, `${folders++}`);
const entriesOf = (dir: string): LogEntry[] => readLog(runFiles(dir).log, Number.POSITIVE_INFINITY);
const lossesOf = (dir: string): number[] =>
  entriesOf(dir)
    .filter((e) => e.kind === 'step')
    .map((e) => e.loss);
const epochsOf = (dir: string): EpochEntry[] => entriesOf(dir).filter((e) => e.kind === 'epoch');

async function complete(change: Partial<TrainConfig>): Promise<string> {
  const dir = folder();
  await train(beginRun(dir, { ...tinyConfig, ...change }), { threads: 1 });
  return dir;
}

describe('learning rates', () => {
  const base: RateConfig = { optimizer: 'sgd', learningRate: 2, schedule: 'constant', steps: 100, stepsPerEpoch: 10 };
  const rates = (change: Partial<RateConfig>): number[] =>
    Array.from({ length: base.steps }, (_, step) => learningRateAt(step, { ...base, ...change }));

  test.prop([
    fc.constantFrom(...scheduleNames),
    fc.integer({ min: 1, max: 300 }),
    fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
  ])('lie above 0 and nowhere above the highest, at every step of every schedule', (schedule, steps, warmUp) => {
    for (let step = 0; step < steps; step++) {
      const rate = learningRateAt(step, { ...base, schedule, steps, ...(warmUp === undefined ? {} : { warmUp }) });
      expect(rate).toBeGreaterThan(0);
      expect(rate).toBeLessThanOrEqual(2 * (1 + 1e-12));
    }
  });

  it('rise in a line at first, whatever comes after', () => {
    for (const schedule of scheduleNames) {
      const rising = rates({ schedule, warmUp: 5 });
      const top = rising[5]!;
      expect(rising.slice(0, 5).map((rate) => rate / top)).toEqual(
        [0.2, 0.4, 0.6, 0.8, 1].map((x) => expect.closeTo(x, 12)),
      );
    }
  });

  it('fall at the steps that are named, as counted from the beginning', () => {
    const falls = (all: number[]): number[] => all.flatMap((rate, step) => (rate < all[step - 1]! ? [step] : []));
    expect(falls(rates({ schedule: 'multistep', warmUp: 7, milestones: [30, 60] }))).toEqual([30, 60]);
    expect(falls(rates({ schedule: 'multistep' }))).toEqual([50, 75]);
    expect(falls(rates({ schedule: 'step', warmUp: 0, every: 40 }))).toEqual([40, 80]);
    expect(rates({ schedule: 'step', warmUp: 0, every: 40, factor: 0.5 })[80]).toBe(0.5);
  });

  it('fall by the factor in each epoch, or to a fiftieth in all', () => {
    const given = rates({ schedule: 'exponential', warmUp: 0, factor: 0.5 });
    expect(given[10]! / given[0]!).toBeCloseTo(0.5, 12);
    expect(rates({ schedule: 'exponential', warmUp: 0 }).at(-1)).toBeCloseTo(2 / 50, 2);
    expect(rates({ schedule: 'cosine' }).at(-1)).toBeCloseTo(2 / 50, 2);
  });

  it('rise and fall once', () => {
    const cycle = rates({ schedule: 'one-cycle' });
    expect(cycle[0]).toBeCloseTo(2 / 25, 12);
    expect(Math.max(...cycle)).toBeCloseTo(2, 12);
    expect(cycle.indexOf(Math.max(...cycle))).toBe(29);
    expect(cycle.at(-1)).toBeLessThan(1e-4);
  });
});

describe('what a run is told to do', { timeout: 60_000 }, () => {
  it.each<[string, Partial<Regime>]>([
    ['momentum has no effect with optimizer adam', { momentum: 0.5 }],
    ['milestones has no effect with schedule cosine', { milestones: [2] }],
    ['nesterov has no effect without momentum', { optimizer: 'sgd', nesterov: true, momentum: 0 }],
  ])('is refused where it has no effect: %s', (text, change) => {
    expect(() => beginRun(folder(), { ...tinyConfig, ...change })).toThrow(`train/regime: ${text}`);
  });

  it('several small batches a step are a large one, but for rounding', async () => {
    const whole = lossesOf(await complete({ batch: 2, loss: 'ce' }));
    const parts = lossesOf(await complete({ batch: 1, loss: 'ce', accumulate: 2 }));
    expect(parts).toEqual(whole.map((loss) => expect.closeTo(loss, 5)));
    expect(new Set(whole).size).toBe(6);
  });

  it('averages are what is scored, and train nothing', async () => {
    const [plain, averaged] = [await complete({}), await complete({ ema: 0.9 })];
    expect(lossesOf(averaged)).toEqual(lossesOf(plain).map((loss) => expect.closeTo(loss, 5)));
    expect(epochsOf(averaged)[1]!.crossEntropy).not.toBeCloseTo(epochsOf(plain)[1]!.crossEntropy!, 3);
  });

  it('ends when patience does, and goes on when told so', async () => {
    const dir = folder();
    const config: TrainConfig = { ...tinyConfig, learningRate: 1e-12, epochs: 9, steps: 27, patience: 2 };
    const first = await train(beginRun(dir, config), { threads: 1 });
    expect(first).toMatchObject({ stoppedEarly: true, interrupted: false, step: 9 });
    expect(epochsOf(dir)).toHaveLength(3);
    expect(await train(resumeRun(dir), { threads: 1 })).toMatchObject({ stoppedEarly: true, step: 9 });
    expect(epochsOf(dir)).toHaveLength(3);
    expect(await train(resumeRun(dir, { patience: 3 }), { threads: 1 })).toMatchObject({
      stoppedEarly: true,
      step: 12,
    });
    expect(await train(resumeRun(dir, { patience: 0 }), { threads: 1 })).toMatchObject({
      stoppedEarly: false,
      step: 27,
    });
  });

  it.each(['miou', 'loss'] as const)('keeps the epoch of the best %s', async (keepBest) => {
    const config: TrainConfig = {
      ...tinyConfig,
      keepBest,
      epochs: 5,
      steps: 15,
      learningRate: 0.05,
      schedule: 'constant',
    };
    const dir = await complete(config);
    const scores = epochsOf(dir).map((e) => (keepBest === 'loss' ? -e.crossEntropy! : e.miou));
    const { step } = readSafetensors(runFiles(dir).best).metadata;
    expect(Number(step)).toBe(3 * (scores.indexOf(Math.max(...scores)) + 1));
  });

  it('tells callbacks, waits for them, and survives what they throw', async () => {
    const straight = await complete({});
    const dir = folder();
    const seen: string[] = [];
    const callbacks = {
      onStep: ({ step }: { step: number }) => void seen.push(`step ${step}`),
      onEpoch: async ({ step }: { step: number }) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.push(`epoch ${step}`);
        if (step === 3) throw new Error('enough');
      },
      onCheckpoint: ({ step, kind }: { step: number; kind: string }) => void seen.push(`${kind} ${step}`),
    };
    await expect(train(beginRun(dir, tinyConfig), { callbacks, threads: 1 })).rejects.toThrow('enough');
    expect(seen).toEqual(['step 1', 'step 2', 'step 3', 'latest 3', 'best 3', 'latest 3', 'epoch 3']);
    await train(resumeRun(dir), { threads: 1 });
    expect(readFileSync(runFiles(dir).checkpoint)).toEqual(readFileSync(runFiles(straight).checkpoint));
  });
});

describe('the cross-entropy of a validation', () => {
  it('of a net that knows nothing is the logarithm of the number of classes, at every pixel that has one', () => {
    const net = makeNet('unet', { inChannels: 1, classes: 3, width: 2, depth: 2 });
    const predictor = new Predictor(
      net,
      1,
      mapValues(net.parameterTypes, (type) => array(type)),
      wasmWith({ threads: 1 }),
    );
    // Filled up to 12 × 16: what lies beyond the border has no class.
    const truth = array(
      i32(9, 13),
      Array.from({ length: 117 }, (_, i) => (i % 5) - 1).map((k) => (k > 2 ? -1 : k)),
    );
    const { surprise, pixels } = predictor.score(array(f32(1, 9, 13)), truth);
    predictor.close();
    expect(pixels).toBe([...truth.data].filter((k) => k >= 0).length);
    expect(surprise / pixels).toBeCloseTo(Math.log(3), 5);
  });
});

describe('the command', { timeout: 60_000 }, () => {
  it('takes every option, writes it down, and goes on only with the same', async () => {
    const dir = folder();
    const options =
      '--optimizer sgd --momentum 0.8 --nesterov --weight-decay 0.01 --decay all --clip 2 --accumulate 2 --ema 0.5 --lr 0.02 ' +
      '--schedule multistep --milestones 2,3 --factor 0.5 --warm-up 1 --patience 5 --keep-best loss';
    const small =
      '--size 16 --classes 2 --count 6 --val 2 --width 2 --depth 1 --batch 1 --crop 16 --epochs 2 --steps-per-epoch 2 --threads 1';
    const { code, stderr } = await runInProcess(`train ${small} ${options} --out ${dir}`.split(' '));
    expect([code, stderr]).toEqual([0, '']);
    expect(resumeRun(dir).record.config).toMatchObject({
      optimizer: 'sgd',
      momentum: 0.8,
      nesterov: true,
      weightDecay: 0.01,
      decay: 'all',
      clip: 2,
      accumulate: 2,
      ema: 0.5,
      learningRate: 0.02,
      schedule: 'multistep',
      milestones: [2, 3],
      factor: 0.5,
      warmUp: 1,
      patience: 5,
      keepBest: 'loss',
    });
    const again = await runInProcess(['train', '--resume', dir, ...options.split(' '), '--threads', '1']);
    expect(again.code).toBe(0);
    const other = await runInProcess(['train', '--resume', dir, '--clip', '3']);
    expect(other.stderr).toMatch(/run\/options.*\n {2}clip: 2, now 3\n/);
  });

  it('exports logs', async () => {
    const dir = await complete({});
    const { code, stdout } = await runInProcess(['export-log', dir, '--format', 'csv']);
    expect([code, stdout]).toEqual([
      0,
      `wrote ${join(dir, 'csv', 'steps.csv')}\nwrote ${join(dir, 'csv', 'epochs.csv')}\n`,
    ]);
    const steps = readFileSync(join(dir, 'csv', 'steps.csv'), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(steps[0]).toBe('step,epoch,loss,learningRate,gradientNorm,seconds');
    expect(steps.slice(1).map((line) => Number(line.split(',')[2]))).toEqual(lossesOf(dir));
    const epochs = readFileSync(join(dir, 'csv', 'epochs.csv'), 'utf8').split('\r\n');
    expect(epochs[0]).toContain('iou background,iou disc');
    const [events] = exportLog(dir, 'tensorboard', join(dir, 'events'));
    const text = readFileSync(events!, 'latin1');
    expect(text.match(/train\/loss/g)).toHaveLength(6);
    expect(text.match(/validation\/mIoU/g)).toHaveLength(2);
    expect(text.match(/overlays\/.{1,40}?\x89PNG/gs)).toHaveLength(2);
  });
});
