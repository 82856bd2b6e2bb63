import { CotangentError } from '../graph/error.ts';
import type { Net } from '../nn/index.ts';
import { checkRegime } from './check-regime.ts';
import type { Checkpoint } from './checkpoint.ts';
import { loadCheckpoint } from './checkpoint-files.ts';
import { classWeightsOf } from './class-weights.ts';
import type { DataSource, TrainConfig } from './config.ts';
import type { Dataset, Sample } from './data/dataset.ts';
import { folderDataset } from './data/folder-dataset.ts';
import { measureNormalisation } from './data/normalisation.ts';
import { shapesDataset } from './data/shapes-dataset.ts';
import { split } from './data/split.ts';
import { fingerprint } from './fingerprint.ts';
import { Log, readLog } from './log.ts';
import { netOf } from './net-of.ts';
import { checkOutputFolder, runFiles } from './run-folder.ts';
import { type RunRecord, readRunRecord, writeRunRecord } from './run-record.ts';
import { keptTypesOf } from './train-program.ts';
import { version } from './version.ts';

/** A run that is ready to train: checked as far as it can be without training. */
export interface Run {
  readonly dir: string;
  readonly record: RunRecord;
  readonly training: readonly Sample[];
  readonly validation: readonly Sample[];
  /** Where it goes on; undefined at the start. */
  readonly checkpoint?: Checkpoint;
  readonly log: Log;
  /** Whether its folder holds files of an earlier session. */
  readonly resumed: boolean;
  /** What is unusual about it, in sentences: for whoever started it. */
  readonly notices: readonly string[];
}

/**
 * Begins a run in a new or empty folder: loads the data, splits it, measures its normalisation and writes `run.json`.
 *
 * @throws CotangentError `output/occupied`, `output/unwritable`, `io/write`, `train/regime`, `train/crop`, `net/unknown`, `train/class-weights`, `data/…`, `png/…`; in each case
 * nothing has been written.
 */
export function beginRun(dir: string, config: TrainConfig): Run {
  checkOutputFolder(dir, `go on with that run by --resume ${dir}, or choose another folder with --out.`);
  checkRegime(config);
  const dataset = loadDataset(config);
  checkCrop(config.crop, netOf(config, dataset.channels, dataset.classes));
  const { training, validation } = split(dataset, config.val, config.seed);
  classWeightsOf(config, training, dataset.classes);
  const record: RunRecord = {
    schema: 1,
    cotangent: version,
    created: new Date().toISOString(),
    config,
    data: {
      name: dataset.name,
      channels: dataset.channels,
      classNames: dataset.classNames,
      classMap: dataset.classMap,
      training: training.map((s) => s.name),
      validation: validation.map((s) => s.name),
      fingerprint: fingerprint(dataset.samples),
    },
    normalisation: measureNormalisation(training),
  };
  writeRunRecord(dir, record);
  const notices =
    dataset.samples.length > 1
      ? []
      : [`${dataset.name} is one image: it is trained on and validated on, so scores say little`];
  return { dir, record, training, validation, log: new Log(runFiles(dir).log), resumed: false, notices };
}

/** What may change when a run goes on. */
export interface ResumeChanges {
  /** The data's new place; it must be the same data. */
  readonly dataDir?: string;
  readonly epochs?: number;
  readonly steps?: number;
  /** 0 for no early end. */
  readonly patience?: number;
}

/**
 * Takes up a run where its checkpoint was saved. With more epochs it goes on beyond its first end (a cosine schedule is stretched).
 * A run that has no checkpoint yet starts over.
 *
 * @throws CotangentError `run/absent`, `run/record`, `run/data` (the data have changed), `safetensors/…`, `checkpoint/mismatch`,
 * `data/…`; in each case nothing has been written.
 */
export function resumeRun(dir: string, changes: ResumeChanges = {}): Run {
  const stored = readRunRecord(dir);
  const epochs = changes.epochs ?? stored.config.epochs;
  const stepsGiven =
    changes.steps ?? (changes.epochs === undefined ? stored.config.steps : epochs * stored.config.stepsPerEpoch);
  const steps = Math.min(stepsGiven, epochs * stored.config.stepsPerEpoch);
  const { patience: before, ...rest } = stored.config;
  const patience = changes.patience ?? before ?? 0;
  const config: TrainConfig = {
    ...rest,
    data: movedData(rest.data, changes.dataDir),
    epochs,
    steps,
    ...(patience === 0 ? {} : { patience }),
  };
  const { channels, classMap } = stored.data;
  const net = netOf(config, channels, classMap.codes.length);
  const files = runFiles(dir);
  const { checkpoint, notice } = loadCheckpoint(files, keptTypesOf(config, net)) ?? {};
  const dataset = loadDataset(config, { channels, classMap });
  const byName = new Map(dataset.samples.map((s) => [s.name, s]));
  if (fingerprint(dataset.samples) !== stored.data.fingerprint)
    throw new CotangentError({
      code: 'run/data',
      summary: `${dataset.name} is not what ${dir} was trained on`,
      details: [
        `${dataset.samples.length} samples now, ${stored.data.training.length + stored.data.validation.length} then`,
      ],
      fix: 'restore the data, name their new place with --data, or begin a new run with another --out.',
    });
  // What was validated after the checkpoint was written is validated again.
  const validated = checkpoint?.progress === null ? 0 : checkpoint?.progress?.validated;
  const log = new Log(files.log, checkpoint === undefined ? [] : readLog(files.log, checkpoint.step, validated));
  const record = { ...stored, config };
  const samplesOf = (names: readonly string[]): Sample[] => names.map((name) => byName.get(name)!);
  return {
    dir,
    record,
    training: samplesOf(stored.data.training),
    validation: samplesOf(stored.data.validation),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    log,
    resumed: true,
    notices: notice === undefined ? [] : [notice],
  };
}

const movedData = (data: DataSource, dir: string | undefined): DataSource =>
  dir === undefined ? data : data.kind === 'folder' ? { ...data, dir } : { kind: 'folder', dir };

/** The samples that a configuration names: all of them, not yet split. */
export function loadDataset(
  { data, seed }: TrainConfig,
  prescribed: Parameters<typeof folderDataset>[1] = {},
): Dataset {
  return data.kind === 'folder'
    ? folderDataset(data.dir, { ignore: data.ignore, ...prescribed })
    : shapesDataset({ ...data, seed });
}

function checkCrop(crop: number, { name, multiple }: Net): void {
  if (crop % multiple === 0) return;
  const below = Math.floor(crop / multiple) * multiple;
  throw new CotangentError({
    code: 'train/crop',
    summary: `a crop of ${crop} pixels does not fit ${name}`,
    details: [`it halves images ${Math.log2(multiple)} times, so their sides must be multiples of ${multiple}`],
    fix: `use --crop ${below > 0 ? `${below} or ${below + multiple}` : multiple}, or a smaller --depth.`,
  });
}
