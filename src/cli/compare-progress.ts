import { formatDuration } from '../io/format-duration.ts';
import type { CompareState } from '../train/compare/compare.ts';
import { progressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a comparison is. */
export interface CompareProgress {
  show(state: CompareState): void;
  /** Takes the display down, writes a line that stays, and puts it up again. */
  say(line: string): void;
  /** Takes down whatever is displayed. */
  close(): void;
}

/** Which nets are being trained, how far all is and how long it takes yet. */
export function compareProgress(out: Terminal['out']): CompareProgress {
  const line = progressLine(out);
  const began = performance.now();
  let atFirst: number | undefined;
  return {
    show: ({ done, total, running }) => {
      // Steps of an earlier session took no time.
      atFirst ??= done;
      const taken = done - atFirst;
      line.show(done, total, () => {
        const seconds = (performance.now() - began) / 1000;
        const left = taken < 20 ? '' : `  ETA ${formatDuration((seconds * (total - done)) / taken)}`;
        const nets = running.map(({ name, step, loss }) =>
          step === 0 ? name : `${name} ${step} (${loss.toFixed(2)})`,
        );
        return `${nets.join(' · ')}${left}`;
      });
    },
    say: line.say,
    close: line.close,
  };
}
