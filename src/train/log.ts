import { appendFileSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { CotangentError } from '../graph/error.ts';
import { reasonOf } from '../io/read-bytes.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import type { Scores } from './metrics.ts';

/** One line per step. `step` counts finished steps, from 1; `epoch` from 0; `seconds` is what the step took. */
export interface StepEntry {
  readonly kind: 'step';
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly learningRate: number;
  /** Length of the gradient over all parameters. */
  readonly gradientNorm: number;
  readonly seconds: number;
}

/**
 * One line per epoch, after validation. `loss` is the mean of the epoch's steps, `crossEntropy` the mean over the held-back pixels
 * (absent in logs of older versions), `seconds` what validation took.
 */
export interface EpochEntry extends Scores {
  readonly kind: 'epoch';
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly crossEntropy?: number;
  readonly seconds: number;
}

export type LogEntry = StepEntry | EpochEntry;

const score = v.nullable(v.number());
const entrySchema: v.GenericSchema<unknown, LogEntry> = v.variant('kind', [
  v.object({
    kind: v.literal('step'),
    step: v.number(),
    epoch: v.number(),
    loss: v.number(),
    learningRate: v.number(),
    gradientNorm: v.number(),
    seconds: v.number(),
  }),
  v.object({
    kind: v.literal('epoch'),
    step: v.number(),
    epoch: v.number(),
    loss: v.number(),
    crossEntropy: v.exactOptional(v.number()),
    seconds: v.number(),
    accuracy: v.number(),
    miou: v.number(),
    mdice: v.number(),
    iou: v.array(score),
    dice: v.array(score),
    // Logs of before 0.2 lack these.
    macc: v.optional(score, null),
    mboundary: v.optional(score, null),
    classAccuracy: v.optional(v.array(score), []),
    boundary: v.optional(v.array(score), []),
    confusion: v.optional(v.array(v.array(v.number())), []),
  }),
]);

/** A run's `log.jsonl`: entries are appended as they come, each a line, and not kept in memory but for validations. */
export class Log {
  readonly path: string;
  readonly #epochs: EpochEntry[] = [];
  #losses = { epoch: 0, sum: 0, count: 0 };
  /** Entries of earlier sessions, until the file holds them and nothing else. */
  #earlier: readonly LogEntry[];

  constructor(path: string, earlier: readonly LogEntry[] = []) {
    this.path = path;
    this.#earlier = earlier;
    for (const entry of earlier) this.#note(entry);
  }

  /** The validated epochs, oldest first. */
  get epochs(): readonly EpochEntry[] {
    return this.#epochs;
  }

  /** Mean loss over the latest epoch's steps so far. */
  get meanLoss(): number {
    return this.#losses.sum / Math.max(1, this.#losses.count);
  }

  /** @throws CotangentError `io/write`. */
  append(entry: LogEntry): void {
    this.#note(entry);
    try {
      appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
    } catch (cause) {
      throw new CotangentError(
        {
          code: 'io/write',
          summary: `cannot write ${this.path}`,
          details: [reasonOf(cause)],
          fix: 'make room on the disk, then go on with --resume.',
        },
        { cause },
      );
    }
  }

  /** Makes the file hold the earlier sessions' entries and nothing else: to be called before any is appended. */
  rewrite(): void {
    writeAtomically(this.path, this.#earlier.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    this.#earlier = [];
  }

  #note(entry: LogEntry): void {
    if (entry.kind === 'epoch') this.#epochs.push(entry);
    else if (entry.epoch === this.#losses.epoch) {
      this.#losses.sum += entry.loss;
      this.#losses.count += 1;
    } else this.#losses = { epoch: entry.epoch, sum: entry.loss, count: 1 };
  }
}

/**
 * The entries of a run's log up to a step, for going on from there. Lines that are damaged (a last line cut by a crash) or later are
 * left out, as are validations after `lastValidation`; an absent file holds none, since the log decides nothing but what is shown.
 */
export function readLog(path: string, lastStep: number, lastValidation: number = lastStep): LogEntry[] {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    const read = parseLine(line);
    const parsed = v.safeParse(entrySchema, read);
    if (!parsed.success) return [];
    const last = parsed.output.kind === 'epoch' ? lastValidation : lastStep;
    // The order of a line's fields, and what a later version added, outlive a rewriting.
    return parsed.output.step <= last ? [{ ...(read as object), ...parsed.output }] : [];
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
