import type { Arrays, Backend } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import { wasm } from '../backends/wasm/wasm.ts';
import { CotangentError } from '../graph/error.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import type { Shape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { f32, i32 } from '../graph/type.ts';
import { adam, cosineSchedule, type Net, type Optimizer, type Schedule, trainStep } from '../nn/index.ts';
import { crossEntropy } from '../ops/index.ts';
import { drawBatch } from './data/batch.ts';
import { ignoredClass } from './data/class-map.ts';
import type { Dataset, Sample } from './data/dataset.ts';
import { measureNormalisation } from './data/normalisation.ts';
import { Confusion, type Scores, scoresOf } from './metrics.ts';
import { Predictor } from './predictor.ts';

/** How a net is fitted to samples; all but `steps` have defaults. */
export interface FitOptions {
  readonly steps: number;
  /** Samples per step; 4 unless given. */
  readonly batch?: number;
  /** Side of the square windows that are trained on, in pixels; 64 unless given. */
  readonly crop?: number;
  /** Of every random choice; 0 unless given. */
  readonly seed?: number;
  /** Adam unless given. */
  readonly optimizer?: Optimizer;
  /** A cosine down from 0.01 unless given. */
  readonly schedule?: Schedule;
  /** The compiled backend on one thread unless given. */
  readonly backend?: Backend;
  /** Told of each step, counted from 1. */
  onStep?(step: number, loss: number): void;
}

/** A net with the parameters that it has learnt. */
export interface Fitted {
  /** The loss before each step. */
  readonly losses: readonly number[];
  readonly parameters: Arrays;
  /** The most likely class of each pixel, `i32[height, width]`, of an image `f32[channels, height, width]` of any size. */
  predict(image: NdArray): NdArray;
  /** Scores on these samples. */
  score(samples: readonly Sample[]): Scores;
  /** Frees what predicting takes. */
  close(): void;
}

/**
 * Trains a net on a data set in memory, by cross-entropy on flipped and turned windows: no files, no terminal. For runs that are saved, logged
 * and resumed see {@link train}.
 *
 * @throws CotangentError `train/crop` where the windows do not fit the net, and what compiling refuses.
 */
export function fitNet(
  net: Net,
  { samples, channels, classes }: Pick<Dataset, 'samples' | 'channels' | 'classes'>,
  options: FitOptions,
): Fitted {
  const { steps, batch = 4, crop = 64, seed = 0, optimizer = adam(), backend = wasm, onStep } = options;
  const { schedule = cosineSchedule({ learningRate: 0.01, steps }) } = options;
  if (crop % net.multiple !== 0)
    throw new CotangentError({
      code: 'train/crop',
      summary: `windows of ${crop} pixels do not fit ${net.name}`,
      fix: `give a crop that is a multiple of ${net.multiple}.`,
    });
  const step = trainStep({
    net,
    optimizer,
    x: f32(batch, channels, crop, crop),
    target: i32(batch, crop, crop),
    loss: (logits, target) =>
      crossEntropy(logits, target as Tensor<Shape, 'i32'>, { ignoreIndex: ignoredClass }) as typeof logits,
  });
  const normalisation = measureNormalisation(samples);
  const plan = { seed, batch, crop, flip: 'both', turn: 'quarter' } as const;
  const executable = compile(step.graph, { backend });
  for (const [name, value] of Object.entries(step.initial(seed))) executable.write(name, value);
  const losses = Array.from({ length: steps }, (_, k) => {
    const { image, target } = drawBatch(samples, plan, 0, k, normalisation);
    const learningRate = array(f32(), [schedule(k)]);
    const loss = executable.run({ x: image, target, learningRate }).loss!.item();
    onStep?.(k + 1, loss);
    return loss;
  });
  const parameters = Object.fromEntries(Object.keys(net.parameterTypes).map((name) => [name, executable.read(name)]));
  executable.close();
  const predictor = new Predictor(net, channels, parameters, backend, { normalisation });
  const predict = (image: NdArray): NdArray => predictor.predict(image);
  const score = (held: readonly Sample[]): Scores => {
    const confusion = new Confusion(classes);
    for (const { image, mask } of held) confusion.add(mask, predict(image));
    return scoresOf(confusion);
  };
  return { losses, parameters, predict, score, close: () => predictor.close() };
}
