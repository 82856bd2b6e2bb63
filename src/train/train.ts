import { setImmediate } from 'node:timers/promises';
import type { Arrays, Backend } from '../backends/backend.ts';
import { backendOn } from '../backends/backends.ts';
import type { WasmOptions } from '../backends/wasm/wasm.ts';
import { array } from '../graph/nd-array.ts';
import { f32 } from '../graph/type.ts';
import type { Callbacks } from './callbacks.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { removeUnfinished, saveCheckpoint } from './checkpoint-files.ts';
import { classWeightsOf } from './class-weights.ts';
import { Clock } from './clock.ts';
import { type BatchPlan, drawBatch } from './data/batch.ts';
import { firstFault } from './first-fault.ts';
import type { EpochEntry, StepEntry } from './log.ts';
import { mapValues } from './map-values.ts';
import { netOf } from './net-of.ts';
import { Predictor } from './predictor.ts';
import { advance, type Progress, progressOf } from './progress.ts';
import { refuseNotFinite } from './refuse-not-finite.ts';
import { type Reporter, silent } from './reporter.ts';
import type { Run } from './run.ts';
import { runFiles } from './run-folder.ts';
import { writeRunRecord } from './run-record.ts';
import { learningRateAt } from './schedule.ts';
import { trainProgram } from './train-program.ts';
import { validate } from './validate.ts';
import { writeOverlay } from './write-overlay.ts';

/** How training ended. */
export interface Outcome {
  readonly interrupted: boolean;
  /** Whether the run's patience ended it before its last step. */
  readonly stoppedEarly: boolean;
  /** Finished steps, all saved. */
  readonly step: number;
  /** The last validation, if there was one. */
  readonly last: EpochEntry | undefined;
}

/** How a run is trained, which does not change what it computes, but for roundings with `tune`. */
export interface TrainOptions {
  /** Shows how training goes; nothing is shown unless given. */
  readonly reporter?: Reporter | undefined;
  readonly callbacks?: Callbacks | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Of the compiled backend: results are the same bits for any number. By default as many as pay. */
  readonly threads?: WasmOptions['threads'];
  /** Whether the compiled backend chooses kernels by measuring: results may differ by roundings, from machine to machine. */
  readonly tune?: WasmOptions['tune'];
  /** What runs the graphs instead of the backend that the run names. */
  readonly backend?: Backend | undefined;
  /** Save at least this often, in seconds, besides every epoch's end; 60 unless given. */
  readonly saveEvery?: number | undefined;
}

/** Pictures of this many held-back samples are written. */
const mostOverlays = 12;

/**
 * Trains a run to its end, until its patience is at an end, or until `signal` is aborted: then the batch at hand is finished and saved.
 * Every random choice depends on the seed and the step only, and all else is in the checkpoint, so a run that is interrupted or
 * killed, and resumed, computes the same numbers as one that is not.
 *
 * Writes the checkpoint, the log and the overlays into the run's folder.
 *
 * @throws CotangentError `train/not-finite` when a loss, a gradient or a parameter is NaN or infinite: the parameters before that step are
 * saved. `io/write` when the folder cannot be written: the last checkpoint is whole.
 */
export async function train(run: Run, options: TrainOptions = {}): Promise<Outcome> {
  const { record, log } = run;
  const { config, data } = record;
  const { reporter = silent, callbacks = {}, signal, saveEvery = 60 } = options;
  const backend = options.backend ?? backendOn(config.backend, options.threads, options.tune);
  const files = runFiles(run.dir);
  const net = netOf(config, data.channels, data.classMap.codes.length);
  const plan: BatchPlan = config;
  const { accumulate = 1, patience = Number.POSITIVE_INFINITY } = config;

  let step = run.checkpoint?.step ?? 0;
  let losses = run.checkpoint?.losses ?? [];
  let progress: Progress | undefined =
    run.checkpoint?.progress === undefined
      ? progressOf(log.epochs, config.keepBest)
      : (run.checkpoint.progress ?? undefined);
  let isSaved = run.checkpoint !== undefined;
  let savedAt = performance.now();

  const program = trainProgram(config, {
    net,
    channels: data.channels,
    classWeights: classWeightsOf(config, run.training, data.classMap.codes.length),
    kept: run.checkpoint?.tensors,
    backend,
  });
  const predictor = new Predictor(net, data.channels, program.read(), backend, {
    ...config.prediction,
    normalisation: record.normalisation,
  });
  // Only now that all is loaded and compiled does a resumed run touch its files.
  if (run.resumed) {
    removeUnfinished(files);
    writeRunRecord(run.dir, record);
    log.rewrite();
  }

  const clock = new Clock();
  const position = () => ({
    epochs: config.epochs,
    steps: config.steps,
    stepsPerEpoch: config.stepsPerEpoch,
    secondsLeft: clock.left(config.steps - step, Math.ceil((config.steps - step) / config.stepsPerEpoch)),
  });
  const isOver = (): boolean => step >= config.steps || (progress?.waiting ?? 0) >= patience;
  const isEpochEnd = (): boolean =>
    losses.length === 0 && step > 0 && (step % config.stepsPerEpoch === 0 || step >= config.steps);
  const isValidated = (): boolean => progress?.validated === step;

  const save = async (): Promise<void> => {
    saveCheckpoint(files, { step, tensors: program.read(), losses, progress: progress ?? null });
    isSaved = true;
    savedAt = performance.now();
    await callbacks.onCheckpoint?.({ path: files.checkpoint, step, kind: 'latest' });
  };

  /** One batch: a step, or one of the several that make one. */
  const takeBatch = async (): Promise<StepEntry | undefined> => {
    const epoch = Math.floor(step / config.stepsPerEpoch);
    const index = (step % config.stepsPerEpoch) * accumulate + losses.length;
    const { image, target } = drawBatch(run.training, plan, epoch, index, record.normalisation);
    const learningRate = learningRateAt(step, config);
    const feeds: Arrays = { x: image, target, learningRate: array(f32(), [learningRate]) };
    const found = mapValues(program.executable.run(feeds), (value) => value.item());
    const [loss, gradientNorm] = [found.loss!, found.gradientNorm!];
    if (![loss, gradientNorm, found.parameterNorm].every(Number.isFinite)) {
      await save();
      refuseNotFinite(step, found, firstFault(program.graph, program.read(), feeds, backend), files.checkpoint);
    }
    isSaved = false;
    losses = [...losses, loss];
    if (losses.length < accumulate) return undefined;
    const mean = losses.reduce((a, b) => a + b, 0) / accumulate;
    losses = [];
    step += 1;
    return { kind: 'step', step, epoch, loss: mean, learningRate, gradientNorm, seconds: 0 };
  };

  const takeStep = async (): Promise<void> => {
    const start = performance.now();
    let taken = await takeBatch();
    while (taken === undefined) {
      // Lets signals in.
      await setImmediate();
      if (signal?.aborted === true) return;
      taken = await takeBatch();
    }
    const entry = { ...taken, seconds: (performance.now() - start) / 1000 };
    clock.noteStep(entry.seconds);
    log.append(entry);
    reporter.step(entry, position());
    await callbacks.onStep?.(entry);
  };

  const finishEpoch = async (): Promise<void> => {
    if (!isSaved) await save();
    const start = performance.now();
    const tensors = program.read();
    predictor.update(tensors);
    const scores = await validate(run, predictor, {
      onSample: (sample, classes, i) => {
        if (i < mostOverlays) writeOverlay(files.overlays, sample, classes);
        reporter.validating(i + 1, run.validation.length);
      },
      signal,
    });
    if (scores === undefined) return;
    const seconds = (performance.now() - start) / 1000;
    clock.noteValidation(seconds);
    const epoch = Math.ceil(step / config.stepsPerEpoch) - 1;
    const entry: EpochEntry = { kind: 'epoch', step, epoch, loss: log.meanLoss, ...scores, seconds };
    const next = advance(progress, entry, config.keepBest);
    if (next.best.step === step) {
      writeCheckpoint(files.best, { step, tensors });
      await callbacks.onCheckpoint?.({ path: files.best, step, kind: 'best' });
    }
    log.append(entry);
    // Last: a run that is killed before validates again, and writes the same.
    progress = next;
    await save();
    reporter.epoch(entry, position());
    await callbacks.onEpoch?.(entry);
  };

  try {
    if (isEpochEnd() && !isValidated()) await finishEpoch();
    while (!isOver() && signal?.aborted !== true) {
      await takeStep();
      if (isEpochEnd()) await finishEpoch();
      else if (performance.now() - savedAt > saveEvery * 1000) await save();
      // Lets signals and the display in.
      await setImmediate();
    }
    if (!isSaved) await save();
    return {
      interrupted: signal?.aborted === true && !(isOver() && isValidated()),
      stoppedEarly: step < config.steps && isOver(),
      step,
      last: log.epochs.at(-1),
    };
  } finally {
    reporter.close();
    predictor.close();
    program.executable.close();
  }
}
