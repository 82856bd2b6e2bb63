import type { Backend } from '../backends/backend.ts';
import type { NdArray } from '../graph/nd-array.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { Sample } from './data/dataset.ts';
import { Confusion, scoresOf } from './metrics.ts';
import { netOf } from './net-of.ts';
import { Predictor } from './predictor.ts';
import type { Run } from './run.ts';
import { runFiles } from './run-folder.ts';
import { keptTypesOf } from './train-program.ts';
import { type Validated, validate } from './validate.ts';

/** A held-back sample and what is predicted of it. */
export interface JudgedSample {
  readonly sample: Sample;
  /** The most likely class of each pixel, `i32[height, width]`. */
  readonly classes: NdArray;
  /** Of this sample alone, over the classes that are there in truth or prediction. */
  readonly miou: number;
}

/** A run's last checkpoint, judged by the held-back samples. */
export interface Judged {
  readonly step: number;
  readonly scores: Validated;
  /** In the order of the validation. */
  readonly samples: readonly JudgedSample[];
}

/**
 * Predicts all held-back samples with the parameters that a run saved last. Writes nothing.
 *
 * @throws CotangentError `io/read`, `safetensors/…` or `checkpoint/mismatch` where there is no sound checkpoint.
 */
export async function judgeRun(run: Run, backend: Backend): Promise<Judged> {
  const { config, data, normalisation } = run.record;
  const net = netOf(config, data.channels, data.classMap.codes.length);
  const { step, tensors } = readCheckpoint(runFiles(run.dir).checkpoint, keptTypesOf(config, net));
  const predictor = new Predictor(net, data.channels, tensors, backend, {
    ...config.prediction,
    normalisation,
  });
  const samples: JudgedSample[] = [];
  try {
    const scores = await validate(run, predictor, {
      onSample: (sample, classes) => {
        const own = new Confusion(data.classMap.codes.length);
        own.add(sample.mask, classes);
        samples.push({ sample, classes, miou: scoresOf(own).miou });
      },
    });
    return { step, scores: scores!, samples };
  } finally {
    predictor.close();
  }
}
