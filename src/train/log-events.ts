import type { Event } from '../io/tensorboard/encode-events.ts';
import type { EpochEntry, LogEntry, StepEntry } from './log.ts';

/**
 * A log as events for TensorBoard. Logs hold how long things took, not when they were: events lie at the run's beginning plus the
 * work so far, in seconds since 1970, so pauses between sessions do not show.
 */
export function logEvents(entries: readonly LogEntry[], classNames: readonly string[], begin: number): Event[] {
  let time = begin;
  return entries.map((entry) => {
    time += entry.seconds;
    const scalars = entry.kind === 'step' ? scalarsOfStep(entry) : scalarsOfEpoch(entry, classNames);
    return { time, step: entry.step, scalars };
  });
}

const scalarsOfStep = ({ loss, learningRate, gradientNorm }: StepEntry): { readonly [tag: string]: number } => ({
  'train/loss': loss,
  'train/learning rate': learningRate,
  'train/gradient norm': gradientNorm,
});

function scalarsOfEpoch(entry: EpochEntry, classNames: readonly string[]): { readonly [tag: string]: number } {
  const { miou, mdice, accuracy, crossEntropy, iou } = entry;
  const scalars: { [tag: string]: number } = { 'validation/mIoU': miou, 'validation/mDice': mdice };
  scalars['validation/accuracy'] = accuracy;
  if (crossEntropy !== undefined) scalars['validation/cross-entropy'] = crossEntropy;
  for (const [k, score] of iou.entries()) if (score !== null) scalars[`IoU/${classNames[k]}`] = score;
  return scalars;
}
