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

/** One line per epoch, after validation. `loss` is the mean of the epoch's steps, `seconds` what validation took. */
export interface EpochEntry extends Scores {
  readonly kind: 'epoch';
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
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
    seconds: v.number(),
    accuracy: v.number(),
    miou: v.number(),
    mdice: v.number(),
    iou: v.array(score),
    dice: v.array(score),
  }),
]);

/** A run's `log.jsonl`: entries are appended as they come, each a line. */
export class Log {
  readonly path: string;
  readonly #entries: LogEntry[];

  constructor(path: string, entries: readonly LogEntry[] = []) {
    this.path = path;
    this.#entries = [...entries];
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** The validated epochs, oldest first. */
  get epochs(): readonly EpochEntry[] {
    return this.#entries.filter((e) => e.kind === 'epoch');
  }

  /** Mean loss over an epoch's steps so far. */
  meanLoss(epoch: number): number {
    const losses = this.#entries.filter((e) => e.kind === 'step' && e.epoch === epoch).map((e) => e.loss);
    return losses.reduce((a, b) => a + b, 0) / Math.max(1, losses.length);
  }

  /** @throws CotangentError `io/write`. */
  append(entry: LogEntry): void {
    this.#entries.push(entry);
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

  /** Makes the file hold the entries that this object holds. */
  rewrite(): void {
    writeAtomically(this.path, this.#entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
}

/**
 * A run's log up to a step, for going on from there. Lines that are damaged (a last line cut by a crash) or later are left out; an
 * absent file is an empty log, since the log decides nothing but what is shown.
 */
export function readLog(path: string, lastStep: number): Log {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return new Log(path);
  }
  const entries = text.split('\n').flatMap((line) => {
    const parsed = v.safeParse(entrySchema, parseLine(line));
    return parsed.success && parsed.output.step <= lastStep ? [parsed.output] : [];
  });
  return new Log(path, entries);
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
