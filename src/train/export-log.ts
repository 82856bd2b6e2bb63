import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPng } from '../io/png/read-png.ts';
import { readBytes } from '../io/read-bytes.ts';
import { type Event, type EventImage, encodeEvents } from '../io/tensorboard/encode-events.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import { readLog } from './log.ts';
import { logCsv } from './log-csv.ts';
import { logEvents } from './log-events.ts';
import { runFiles } from './run-folder.ts';
import { readRunRecord } from './run-record.ts';

export const logFormats = ['tensorboard', 'csv'] as const;

/** What other programs read: TensorBoard's event files, or tables of comma-separated values. */
export type LogFormat = (typeof logFormats)[number];

/**
 * Writes what a run has logged for another program, into a folder: an event file with the scores and the last overlays
 * (`events.out.tfevents.…`), or `steps.csv` and `epochs.csv`. An earlier export is replaced. Returns the files' paths.
 *
 * @throws CotangentError `run/absent`, `run/record`, `io/write`.
 */
export function exportLog(run: string, format: LogFormat, out: string): readonly string[] {
  const { created, data } = readRunRecord(run);
  const files = runFiles(run);
  const entries = readLog(files.log, Number.POSITIVE_INFINITY);
  const begin = Date.parse(created) / 1000;
  const write = (name: string, content: string | Uint8Array): string => {
    writeAtomically(join(out, name), content);
    return join(out, name);
  };
  if (format === 'tensorboard') {
    const events = logEvents(entries, data.classNames, begin);
    const pictures = overlaysOf(files.overlays, events.at(-1));
    return [write(`events.out.tfevents.${Math.floor(begin)}.cotangent`, encodeEvents([...events, ...pictures]))];
  }
  const { steps, epochs } = logCsv(entries, data.classNames);
  return [write('steps.csv', steps), write('epochs.csv', epochs)];
}

/** The overlays of the last validation, as they are, at the last step. */
function overlaysOf(dir: string, last: Event | undefined): readonly Event[] {
  if (last === undefined) return [];
  const images = Object.fromEntries(
    pngs(dir).map((name): [string, EventImage] => [`overlays/${name.slice(0, -4)}`, pictureOf(join(dir, name))]),
  );
  return [{ time: last.time, step: last.step, images }];
}

function pictureOf(path: string): EventImage {
  const { width, height } = readPng(path);
  return { width, height, png: readBytes(path) };
}

function pngs(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith('.png'))
      .sort();
  } catch {
    return [];
  }
}
