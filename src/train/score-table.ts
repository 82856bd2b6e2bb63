import type { Scores } from './metrics.ts';

/** Larger confusion matrices are no longer read. */
const mostShown = 10;

/**
 * Tables for terminals: IoU, Dice, accuracy and boundary F1 per class, then the means, `–` where a class has none; and the confusion
 * matrix in percent of the true class's pixels.
 */
export function scoreTable(scores: Scores, classNames: readonly string[]): string {
  const { accuracy, miou, mdice, macc, mboundary, iou, dice, classAccuracy, boundary, confusion } = scores;
  const width = Math.max(...classNames.map((name) => name.length), 'pixel accuracy'.length);
  const show = (score: number | null | undefined): string => (score == null ? '–' : score.toFixed(3)).padStart(9);
  const row = (name: string, cells: readonly (number | null | undefined)[]): string =>
    `  ${name.padEnd(width)}${cells.map(show).join('')}`;
  return [
    `  ${''.padEnd(width)}${['IoU', 'Dice', 'accuracy', 'border'].map((title) => title.padStart(9)).join('')}`,
    ...classNames.map((name, k) => row(name, [iou[k], dice[k], classAccuracy[k], boundary[k]])),
    row('mean', [miou, mdice, macc, mboundary]),
    row('pixel accuracy', [accuracy]),
    ...(confusion.length >= 2 && confusion.length <= mostShown
      ? ['', ...confusionTable(confusion, classNames, width)]
      : []),
  ].join('\n');
}

function confusionTable(confusion: Scores['confusion'], classNames: readonly string[], width: number): string[] {
  const column = (text: string): string => `  ${text.padStart(Math.max(5, ...classNames.map((name) => name.length)))}`;
  const percent = (count: number, all: number): string => (all === 0 ? '–' : ((100 * count) / all).toFixed(1));
  return [
    '  pixels of each class (rows) by what they were taken for (columns), in percent:',
    `  ${''.padEnd(width)}${classNames.map(column).join('')}`,
    ...confusion.map((counts, k) => {
      const all = counts.reduce((a, b) => a + b, 0);
      return `  ${classNames[k]!.padEnd(width)}${counts.map((count) => column(percent(count, all))).join('')}`;
    }),
  ];
}
