import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Backend, Executable } from '../../src/backends/backend.ts';
import { wasmWith } from '../../src/backends/wasm/wasm.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { TrainConfig } from '../../src/train/config.ts';
import { readLog } from '../../src/train/log.ts';
import { decayNames, optimizerNames, type Regime, scheduleNames, scoreNames } from '../../src/train/regime.ts';
import { beginRun, resumeRun } from '../../src/train/run.ts';
import { hasFile, runFiles } from '../../src/train/run-folder.ts';
import { train } from '../../src/train/train.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { tinyConfig } from './tiny-config.ts';

const root = temporaryFolder();
let folders = 0;
const folder = (): string => join(root, `run-${folders++}`);

/** All that a run leaves, but for how long things took. */
const left = (dir: string) => {
  const { checkpoint, best, log } = runFiles(dir);
  return {
    checkpoint: readFileSync(checkpoint, 'base64'),
    best: hasFile(best) ? readFileSync(best, 'base64') : undefined,
    log: readLog(log, Number.POSITIVE_INFINITY).map(({ seconds: _, ...entry }) => entry),
  };
};

/** Aborts as the `count`th program is run: a batch of training or a tile of validation. */
function stopAt(count: number): { signal: AbortSignal; backend: Backend } {
  const abort = new AbortController();
  const inner = wasmWith({ threads: 1 });
  let runs = 0;
  const compile = (graph: Graph): Executable => {
    const program = inner.compile(graph);
    return {
      graph,
      run: (inputs) => {
        runs += 1;
        if (runs === count) abort.abort();
        return program.run(inputs);
      },
      live: () => program.live(),
      read: (name) => program.read(name),
      write: (name, value) => program.write(name, value),
      close: () => program.close(),
    };
  };
  return { signal: abort.signal, backend: { name: inner.name, compile } };
}

/** Regimes of all kinds, sensible or not. */
const regime: fc.Arbitrary<Regime & Pick<TrainConfig, 'loss' | 'seed' | 'batch'>> = fc
  .record(
    {
      optimizer: fc.constantFrom(...optimizerNames),
      schedule: fc.constantFrom(...scheduleNames),
      learningRate: fc.constantFrom(0.001, 0.01),
      loss: fc.constantFrom('ce', 'dice', 'ce+dice'),
      seed: fc.nat(99),
      batch: fc.constantFrom(1, 2),
      nesterov: fc.boolean(),
      weightDecay: fc.constantFrom(0.01, 0.1),
      decay: fc.constantFrom(...decayNames),
      clip: fc.constantFrom(0.1, 1),
      accumulate: fc.integer({ min: 2, max: 3 }),
      ema: fc.constantFrom(0.5, 0.99),
      warmUp: fc.integer({ min: 0, max: 4 }),
      patience: fc.integer({ min: 1, max: 2 }),
      keepBest: fc.constantFrom(...scoreNames),
    },
    { requiredKeys: ['optimizer', 'schedule', 'learningRate', 'loss', 'seed', 'batch'] },
  )
  .map(({ nesterov, ...rest }) => (rest.optimizer === 'sgd' && nesterov !== undefined ? { ...rest, nesterov } : rest));

describe('a resumed run', { timeout: 120_000 }, () => {
  it('leaves the same bits as one that was not interrupted, whatever the regime', async () => {
    await fc.assert(
      fc.asyncProperty(
        regime,
        fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 2 }),
        async (choice, stops) => {
          const config: TrainConfig = { ...tinyConfig, ...choice };
          const [straight, broken] = [folder(), folder()];
          await train(beginRun(straight, config), { threads: 1 });
          const [first, ...others] = stops;
          await train(beginRun(broken, config), stopAt(first!));
          for (const stop of others) await train(resumeRun(broken), stopAt(stop));
          await train(resumeRun(broken), { threads: 1 });
          expect(left(broken)).toEqual(left(straight));
        },
      ),
      { numRuns: Number(process.env.COTANGENT_RUNS ?? 5) },
    );
  });

  it('goes on between the batches of a step', async () => {
    const config: TrainConfig = { ...tinyConfig, accumulate: 3 };
    const [straight, broken] = [folder(), folder()];
    await train(beginRun(straight, config), { threads: 1 });
    await train(beginRun(broken, config), stopAt(4));
    const { checkpoint } = resumeRun(broken);
    expect([checkpoint?.step, checkpoint?.losses?.length]).toEqual([1, 1]);
    await train(resumeRun(broken), { threads: 1 });
    expect(left(broken)).toEqual(left(straight));
  });
});
