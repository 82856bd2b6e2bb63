import { setImmediate } from 'node:timers/promises';
import type { Arrays, Backend } from '../backends/backend.ts';
import { backendOn } from '../backends/backends.ts';
import type { WasmOptions } from '../backends/wasm/wasm.ts';
import { CotangentError } from '../graph/error.ts';
import { array } from '../graph/nd-array.ts';
import { f32 } from '../graph/type.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { classWeightsOf } from './class-weights.ts';
import { type BatchPlan, drawBatch } from './data/batch.ts';
import { firstFault } from './first-fault.ts';
import type { EpochEntry } from './log.ts';
import { mapValues } from './map-values.ts';
import { netOf } from './net-of.ts';
import { Predictor } from './predictor.ts';
import type { Reporter } from './reporter.ts';
import type { Run } from './run.ts';
import { runFiles } from './run-folder.ts';
import { writeRunRecord } from './run-record.ts';
import { learningRateAt } from './schedule.ts';
import { trainProgram } from './train-program.ts';
import { validate } from './validate.ts';

/** How training ended. */
export interface Outcome {
  readonly interrupted: boolean;
  /** Finished steps, all saved. */
  readonly step: number;
  /** The last validation, if there was one. */
  readonly last: EpochEntry | undefined;
}

/** How a run is trained, which does not change what it computes, but for roundings with `tune`. */
export interface TrainOptions {
  readonly reporter: Reporter;
  readonly signal?: AbortSignal | undefined;
  /** Of the compiled backend: results are the same bits for any number. By default as many as pay. */
  readonly threads?: WasmOptions['threads'];
  /** Whether the compiled backend chooses kernels by measuring: results may differ by roundings, from machine to machine. */
  readonly tune?: WasmOptions['tune'];
  /** What runs the graphs instead of the backend that the run names. */
  readonly backend?: Backend | undefined;
}

/** Save at least this often, in seconds, besides every epoch's end. */
const saveInterval = 60;

/**
 * Trains a run to its end, or until `signal` is aborted: then the step at hand is finished and saved. Every random choice depends on the
 * seed and the step only, so a run that is interrupted and resumed computes the same numbers as one that is not.
 *
 * Writes the checkpoint, the log and the overlays into the run's folder.
 *
 * @throws CotangentError `train/not-finite` when a loss or gradient is NaN or infinite: the parameters before that step are saved.
 */
export async function train(
  run: Run,
  { reporter, signal, threads, tune, backend = backendOn(run.record.config.backend, threads, tune) }: TrainOptions,
): Promise<Outcome> {
  const { record, log } = run;
  const { config, data } = record;
  const files = runFiles(run.dir);
  const net = netOf(config, data.channels, data.classMap.codes.length);
  const plan: BatchPlan = config;
  let step = run.checkpoint?.step ?? 0;
  let saved = step;
  const program = trainProgram(config, {
    net,
    channels: data.channels,
    classWeights: classWeightsOf(config, run.training, data.classMap.codes.length),
    kept: run.checkpoint?.tensors,
    backend,
  });
  const predictor = new Predictor(net, data.channels, program.read(), backend);
  // Only now that all is loaded and compiled does a resumed run touch its files.
  if (run.resumed) {
    writeRunRecord(run.dir, record);
    log.rewrite();
  }

  const clock = { steps: 0, stepSeconds: 0, validations: 0, validationSeconds: 0, saved: performance.now() };
  const position = () => ({
    epochs: config.epochs,
    steps: config.steps,
    stepsPerEpoch: config.stepsPerEpoch,
    secondsLeft: secondsLeft(clock, config.steps - step, Math.ceil((config.steps - step) / config.stepsPerEpoch)),
  });
  const save = (path = files.checkpoint): void => {
    writeCheckpoint(path, { step, tensors: program.read() });
    if (path !== files.checkpoint) return;
    saved = step;
    clock.saved = performance.now();
  };

  const takeStep = (): void => {
    const epoch = Math.floor(step / config.stepsPerEpoch);
    const start = performance.now();
    const { image, target } = drawBatch(run.training, plan, epoch, step % config.stepsPerEpoch, record.normalisation);
    const learningRate = learningRateAt(step, config);
    const feeds: Arrays = { x: image, target, learningRate: array(f32(), [learningRate]) };
    const { loss, gradientNorm } = mapValues(program.executable.run(feeds), (value) => value.item());
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      save();
      refuseNotFinite(
        step,
        loss!,
        gradientNorm!,
        firstFault(program.graph, program.read(), feeds, backend),
        files.checkpoint,
      );
    }
    step += 1;
    const seconds = (performance.now() - start) / 1000;
    clock.steps += 1;
    clock.stepSeconds += seconds;
    const entry = {
      kind: 'step',
      step,
      epoch,
      loss: loss!,
      learningRate,
      gradientNorm: gradientNorm!,
      seconds,
    } as const;
    log.append(entry);
    reporter.step(entry, position());
  };

  const finishEpoch = async (): Promise<void> => {
    const epoch = Math.ceil(step / config.stepsPerEpoch) - 1;
    if (log.epochs.some((e) => e.step === step)) return;
    if (saved < step) save();
    const start = performance.now();
    predictor.update(program.read());
    const scores = await validate(run, predictor, files.overlays, reporter, signal);
    if (scores === undefined) return;
    const seconds = (performance.now() - start) / 1000;
    clock.validations += 1;
    clock.validationSeconds += seconds;
    const before = Math.max(0, ...log.epochs.map((e) => e.miou));
    const entry: EpochEntry = { kind: 'epoch', step, epoch, loss: log.meanLoss, ...scores, seconds };
    if (entry.miou > before) save(files.best);
    log.append(entry);
    reporter.epoch(entry, position());
  };

  try {
    const due = (): boolean => step > 0 && (step % config.stepsPerEpoch === 0 || step >= config.steps);
    if (due()) await finishEpoch();
    while (step < config.steps && signal?.aborted !== true) {
      takeStep();
      if (due()) await finishEpoch();
      else if (performance.now() - clock.saved > saveInterval * 1000) save();
      // Lets signals and the display in.
      await setImmediate();
    }
    if (saved < step) save();
    return {
      interrupted: signal?.aborted === true && (step < config.steps || !log.epochs.some((e) => e.step === step)),
      step,
      last: log.epochs.at(-1),
    };
  } finally {
    reporter.close();
    predictor.close();
    program.executable.close();
  }
}

function secondsLeft(
  clock: { steps: number; stepSeconds: number; validations: number; validationSeconds: number },
  steps: number,
  validations: number,
): number | undefined {
  if (clock.steps === 0) return undefined;
  const perValidation = clock.validations === 0 ? 0 : clock.validationSeconds / clock.validations;
  return (clock.stepSeconds / clock.steps) * steps + perValidation * validations;
}

function refuseNotFinite(
  step: number,
  loss: number,
  norm: number,
  where: string | undefined,
  checkpoint: string,
): never {
  throw new CotangentError({
    code: 'train/not-finite',
    summary: `step ${step + 1} computed a loss of ${loss} and a gradient of length ${norm}`,
    details: [...(where === undefined ? [] : [where]), `the parameters before that step are saved in ${checkpoint}`],
    fix: 'train with a smaller --lr, or look at the data of this step.',
  });
}
