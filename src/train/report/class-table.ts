import type { Table } from '../../report/index.ts';
import type { Scores } from '../metrics.ts';

/** Scores of each class and their means; `–` where a class does not occur. */
export function classTable(scores: Scores, classNames: readonly string[]): Table {
  const { iou, dice, classAccuracy, boundary, confusion, miou, mdice, macc, mboundary } = scores;
  const all = confusion.flat().reduce((a, b) => a + b, 0);
  const show = (score: number | null | undefined): string => (score == null ? '–' : score.toFixed(3));
  const share = (k: number): string =>
    all === 0 ? '–' : `${((100 * confusion[k]!.reduce((a, b) => a + b, 0)) / all).toFixed(1)} %`;
  return {
    title: '',
    head: ['class', 'share of pixels', 'IoU', 'Dice', 'accuracy', 'boundary F1'],
    rows: [
      ...classNames.map((name, k) => [
        name,
        share(k),
        show(iou[k]),
        show(dice[k]),
        show(classAccuracy[k]),
        show(boundary[k]),
      ]),
      ['mean', '', show(miou), show(mdice), show(macc), show(mboundary)],
    ],
  };
}
