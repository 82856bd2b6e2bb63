import { join } from 'node:path';
import type { Backend } from '../backends/backend.ts';
import { backendOn } from '../backends/backends.ts';
import type { WasmOptions } from '../backends/wasm/wasm.ts';
import { CotangentError } from '../graph/error.ts';
import type { NdArray } from '../graph/nd-array.ts';
import { codesFromPng } from '../io/png/codes-from-png.ts';
import { encodePalettePng, encodePng } from '../io/png/encode-png.ts';
import { imageFromPng } from '../io/png/image-from-png.ts';
import { readPng } from '../io/png/read-png.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import { BoundaryScores } from './boundary-scores.ts';
import { readCheckpoint } from './checkpoint.ts';
import { loadCheckpoint } from './checkpoint-files.ts';
import { type ClassMap, classesOf } from './data/class-map.ts';
import { matchFiles, pngFiles, stemOf } from './data/pair-files.ts';
import { Confusion, type Scores, scoresOf } from './metrics.ts';
import { netOf } from './net-of.ts';
import { overlay } from './overlay.ts';
import { classColours } from './panels/class-colours.ts';
import { Predictor } from './predictor.ts';
import { checkOutputFolder, runFiles } from './run-folder.ts';
import { readRunRecord } from './run-record.ts';
import { keptTypesOf } from './train-program.ts';
import type { Tta } from './tta.ts';

/** What to predict, and with what. */
export interface PredictOptions {
  /** The run's folder. */
  readonly run: string;
  /** A folder of PNG files. */
  readonly images: string;
  /** A new or empty folder for `masks/`, `overlays/` and, with masks given, `scores.json`. */
  readonly out: string;
  /** A folder of true masks of the same names. */
  readonly masks?: string | undefined;
  /** Use the parameters of the epoch with the best mIoU, not the last. */
  readonly best?: boolean | undefined;
  /** As of `PredictorOptions`; unless given, as the run validated. */
  readonly tile?: number | undefined;
  readonly tta?: Tta | undefined;
  /** The tiles' margin. */
  readonly overlap?: number | undefined;
  /** Of the compiled backend; by default as many as pay. */
  readonly threads?: WasmOptions['threads'];
  readonly backend?: Backend | undefined;
  /** Called after each image. */
  progress?(name: string, done: number, total: number): void;
}

/** What was predicted. */
export interface Predicted {
  readonly images: number;
  readonly classNames: readonly string[];
  readonly step: number;
  /** Why the parameters are not the newest, if they are not. */
  readonly notice?: string | undefined;
  /** Where masks were given. */
  readonly scores?: Scores;
}

/**
 * Predicts a mask for every image of a folder with a trained run. Masks are written in the form of the training masks: grey masks with
 * the same grey values, others as palette PNG whose indices are the classes.
 *
 * @throws CotangentError `output/occupied`, `output/unwritable`, `run/…`, `safetensors/…`, `checkpoint/mismatch`, `data/…`, `png/…`.
 * All that can be is checked before anything is written.
 */
export function predict(options: PredictOptions): Predicted {
  const { run, images, out, masks, best = false } = options;
  checkOutputFolder(out, 'choose another folder with --out, or empty this one.');
  const { config, data, normalisation } = readRunRecord(run);
  const net = netOf(config, data.channels, data.classMap.codes.length);
  const files = runFiles(run);
  const expected = keptTypesOf(config, net);
  const newest = best ? undefined : loadCheckpoint(files, expected);
  const checkpoint = newest?.checkpoint ?? readCheckpoint(best ? files.best : files.checkpoint, expected);
  const inputs =
    masks === undefined
      ? pngFiles(images).map((name) => ({ stem: stemOf(name), image: join(images, name), mask: undefined }))
      : matchFiles(images, masks);
  const predictor = new Predictor(
    net,
    data.channels,
    checkpoint.tensors,
    options.backend ?? backendOn(config.backend, options.threads),
    {
      tile: options.tile ?? config.prediction?.tile,
      tta: options.tta ?? config.prediction?.tta,
      margin: options.overlap,
      normalisation,
    },
  );
  const confusion = new Confusion(data.classMap.codes.length);
  const boundaries = new BoundaryScores(data.classMap.codes.length);
  // Decoded twice rather than kept: a fault in the last file must show before the first is predicted.
  for (const { image, mask } of inputs) readInput(image, mask);

  function readInput(imagePath: string, maskPath: string | undefined): { image: NdArray; truth: NdArray | undefined } {
    const image = imageFromPng(readPng(imagePath), data.channels);
    const truth = maskPath === undefined ? undefined : classesOf(data.classMap, codesFromPng(readPng(maskPath)));
    if (truth !== undefined && (truth.shape[0] !== image.shape[1] || truth.shape[1] !== image.shape[2]))
      throw new CotangentError({
        code: 'data/size',
        summary: 'an image and its mask differ in size',
        details: [
          `${imagePath} is ${image.shape[2]}×${image.shape[1]} pixels`,
          `${maskPath} is ${truth.shape[1]}×${truth.shape[0]} pixels`,
        ],
        fix: 'give both the same width and height.',
      });
    return { image, truth };
  }

  try {
    inputs.forEach(({ stem, image: imagePath, mask }, i) => {
      const { image, truth } = readInput(imagePath, mask);
      const classes = predictor.predict(image);
      if (truth !== undefined) {
        confusion.add(truth, classes);
        boundaries.add(truth, classes);
      }
      writeAtomically(join(out, 'masks', `${stem}.png`), encodeMask(data.classMap, classes));
      writeAtomically(join(out, 'overlays', `${stem}.png`), encodePng(overlay(image, truth, classes)));
      options.progress?.(stem, i + 1, inputs.length);
    });
  } finally {
    predictor.close();
  }
  const done = {
    images: inputs.length,
    classNames: data.classNames,
    step: checkpoint.step,
    notice: newest?.notice,
  };
  if (masks === undefined) return done;
  const scores = scoresOf(confusion, boundaries);
  writeAtomically(join(out, 'scores.json'), `${JSON.stringify({ ...scores, classNames: data.classNames }, null, 2)}\n`);
  return { ...done, scores };
}

/** A mask as PNG, in the form that the class map was read from. */
export function encodeMask({ kind, codes, palette }: ClassMap, classes: NdArray): Uint8Array {
  const [height, width] = [classes.shape[0]!, classes.shape[1]!];
  if (kind === 'grey') {
    const values = codes.at(-1)! > 255 ? new Uint16Array(width * height) : new Uint8Array(width * height);
    classes.data.forEach((k, i) => {
      values[i] = codes[k]!;
    });
    return encodePng({ width, height, channels: 1, data: values });
  }
  const own = classColours(codes.length);
  const colours = codes.map((code, k) => {
    if (kind === 'rgb') return [code >> 16, (code >> 8) & 255, code & 255] as const;
    return palette?.[code] ?? own[k]!;
  });
  return encodePalettePng({ width, height, data: Uint8Array.from(classes.data) }, colours);
}
