import type { EpochEntry, LogEntry, StepEntry } from './log.ts';

/** A log as tables of comma-separated values (RFC 4180): a line per step, and one per epoch with a column per class and score. */
export function logCsv(entries: readonly LogEntry[], classNames: readonly string[]): { steps: string; epochs: string } {
  const steps = entries.filter((entry) => entry.kind === 'step');
  const epochs = entries.filter((entry) => entry.kind === 'epoch');
  return { steps: table(steps, stepColumns), epochs: table(epochs, epochColumns(classNames)) };
}

type Cell = number | null | undefined;
type Columns<T> = { readonly [name: string]: (entry: T) => Cell };

const stepColumns: Columns<StepEntry> = {
  step: (e) => e.step,
  epoch: (e) => e.epoch,
  loss: (e) => e.loss,
  learningRate: (e) => e.learningRate,
  gradientNorm: (e) => e.gradientNorm,
  seconds: (e) => e.seconds,
};

function epochColumns(classNames: readonly string[]): Columns<EpochEntry> {
  const perClass = (score: 'iou' | 'dice'): Columns<EpochEntry> =>
    Object.fromEntries(classNames.map((name, k) => [`${score} ${name}`, (e: EpochEntry) => e[score][k]]));
  return {
    step: (e) => e.step,
    epoch: (e) => e.epoch,
    loss: (e) => e.loss,
    crossEntropy: (e) => e.crossEntropy,
    accuracy: (e) => e.accuracy,
    miou: (e) => e.miou,
    mdice: (e) => e.mdice,
    ...perClass('iou'),
    ...perClass('dice'),
    seconds: (e) => e.seconds,
  };
}

function table<T>(entries: readonly T[], columns: Columns<T>): string {
  const lines = [Object.keys(columns), ...entries.map((entry) => Object.values(columns).map((cell) => cell(entry)))];
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

/** Empty where there is no score. */
const field = (value: Cell | string): string => {
  const text = `${value ?? ''}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
