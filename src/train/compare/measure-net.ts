import { wasmWith } from '../../backends/wasm/wasm.ts';
import { withAverages } from '../../nn/index.ts';
import { readCheckpoint } from '../checkpoint.ts';
import type { TrainConfig } from '../config.ts';
import { judgeRun } from '../judge-run.ts';
import { readLog, type StepEntry } from '../log.ts';
import { netOf } from '../net-of.ts';
import { beginRun, resumeRun } from '../run.ts';
import { hasFile, runFiles } from '../run-folder.ts';
import { train } from '../train.ts';
import { keptTypesOf } from '../train-program.ts';
import { checkerboardOfRun } from './checkerboard-of-run.ts';
import type { MeasuredNet } from './measured-net.ts';
import { netCosts } from './net-costs.ts';
import { thinned } from './thinned.ts';

/** Who is told of each step, and what stops the training after one. */
export interface MeasureOptions {
  onStep?(entry: StepEntry): void;
  readonly signal?: AbortSignal;
}

/**
 * Trains a net in a run folder of its own on one thread, or goes on where an earlier comparison stopped there, and measures it;
 * undefined when interrupted, and all of it is saved.
 *
 * @throws CotangentError whatever a run refuses.
 */
export async function measureNet(
  dir: string,
  recipe: TrainConfig,
  { onStep, signal }: MeasureOptions = {},
): Promise<MeasuredNet | undefined> {
  const files = runFiles(dir);
  const run = hasFile(files.record) ? resumeRun(dir) : beginRun(dir, recipe);
  const backend = wasmWith({ threads: 1 });
  const { interrupted } = await train(run, { backend, signal, callbacks: { onStep: (entry) => onStep?.(entry) } });
  if (interrupted) return undefined;
  const { config, data, normalisation } = run.record;
  const net = netOf(config, data.channels, data.classMap.codes.length);
  const { tensors } = readCheckpoint(files.checkpoint, keptTypesOf(config, net));
  const { scores, samples } = await judgeRun(run, backend);
  const entries = readLog(files.log, config.steps);
  const steps = entries.filter((entry) => entry.kind === 'step');
  const { shape } = run.validation[0]!.image;
  return {
    name: config.net.name,
    steps: config.steps,
    ...netCosts(net, data.channels, shape[1]!, shape[2]!),
    secondsPerStep: median(steps.map(({ seconds }) => seconds)),
    scores,
    checkerboard: checkerboardOfRun(net, normalisation, withAverages(tensors), backend),
    losses: thinned(steps.map(({ step, loss }) => [step, loss] as const)),
    mious: entries.flatMap((entry) => (entry.kind === 'epoch' ? [[entry.step, entry.miou] as const] : [])),
    samples: samples.map(({ sample, classes, miou }) => ({
      name: sample.name,
      miou,
      classes: Uint16Array.from(classes.data),
    })),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
