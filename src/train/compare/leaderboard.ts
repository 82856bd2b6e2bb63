import type { Table } from '../../report/index.ts';
import type { Compared } from './compare.ts';

/** How the leaderboard names the baseline. */
const baselineName = 'majority class';

const none = '–';

/** The nets, the best first, the baseline where it belongs, and last what failed or is not finished. */
export function leaderboard({ outcomes, data: { baseline } }: Compared): Table {
  const percent = (score: number | null): string => (score === null ? none : score.toFixed(3));
  const scored = [
    ...outcomes.flatMap((outcome) => {
      if (outcome.kind !== 'measured') return [];
      const { name, steps, parameters, macs, memory, secondsPerStep, scores, checkerboard } = outcome.net;
      const { miou, accuracy, mboundary } = scores;
      return [
        {
          miou,
          row: [
            name,
            parameters,
            `${(macs / 1e6).toFixed(1)}`,
            `${(memory / 1e6).toFixed(2)}`,
            `${(1000 * secondsPerStep).toFixed(1)}`,
            `${steps}`,
            percent(miou),
            percent(accuracy),
            percent(mboundary),
            checkerboard < 5e-5 ? '0' : checkerboard.toFixed(4),
          ],
        },
      ];
    }),
    {
      miou: baseline.miou,
      row: [
        baselineName,
        0,
        none,
        none,
        none,
        none,
        percent(baseline.miou),
        percent(baseline.accuracy),
        percent(baseline.mboundary),
        none,
      ],
    },
  ].toSorted((a, b) => b.miou - a.miou);
  const rest = outcomes.flatMap((outcome) =>
    outcome.kind === 'measured' ? [] : [[`${outcome.name} (${outcome.kind})`, ...new Array<string>(9).fill(none)]],
  );
  return {
    title: '',
    head: ['net', 'parameters', 'MMACs', 'MB', 'ms/step', 'steps', 'mIoU', 'accuracy', 'boundary F1', 'checkerboard'],
    rows: [...scored.map(({ row }) => row), ...rest],
  };
}
