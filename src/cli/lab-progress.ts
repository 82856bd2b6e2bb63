import { formatDuration } from '../io/format-duration.ts';
import { progressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a system of the laboratory is. */
export interface LabProgress {
  show(done: number, total: number, what: string): void;
  /** Takes down whatever is displayed. */
  close(): void;
}

/** What is being done, how far it is and how long it takes yet. */
export function labProgress(out: Terminal['out']): LabProgress {
  const line = progressLine(out);
  let began = performance.now();
  let now: string | undefined;
  const left = (done: number, total: number): string => {
    const seconds = (performance.now() - began) / 1000;
    return done <= 0 || seconds < 2 ? '' : `  ETA ${formatDuration((seconds * (total - done)) / done)}`;
  };
  return {
    show: (done, total, what) => {
      // Each piece of work has a pace of its own.
      if (what !== now) [began, now] = [performance.now(), what];
      line.show(done, total, () => `${what}${left(done, total)}`);
    },
    close: () => line.close(),
  };
}
