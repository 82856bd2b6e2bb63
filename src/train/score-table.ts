import type { Scores } from './metrics.ts';

/** A table for terminals: IoU and Dice per class, then the means; `–` where a class does not occur. */
export function scoreTable({ accuracy, miou, mdice, iou, dice }: Scores, classNames: readonly string[]): string {
  const width = Math.max(...classNames.map((name) => name.length), 'pixel accuracy'.length);
  const show = (score: number | null | undefined): string => (score == null ? '–' : score.toFixed(3)).padStart(7);
  return [
    `  ${''.padEnd(width)}      IoU    Dice`,
    ...classNames.map((name, k) => `  ${name.padEnd(width)}  ${show(iou[k])} ${show(dice[k])}`),
    `  ${'mean'.padEnd(width)}  ${show(miou)} ${show(mdice)}`,
    `  ${'pixel accuracy'.padEnd(width)}  ${show(accuracy)}`,
  ].join('\n');
}
