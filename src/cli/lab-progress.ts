import { Presets, SingleBar } from 'cli-progress';
import { formatDuration } from '../io/format-duration.ts';
import type { Terminal } from './terminal.ts';

/** Without a terminal, a line is written this often at most, in seconds. */
const plainInterval = 10;

/** Shows how far a system of the laboratory is. */
export interface LabProgress {
  show(done: number, total: number, what: string): void;
  /** Takes down whatever is displayed. */
  close(): void;
}

/** A bar that is redrawn where the stream is a terminal, else a line now and then. */
export function labProgress(out: Terminal['out']): LabProgress {
  let began = performance.now();
  let now: string | undefined;
  const left = (done: number, total: number, what: string): string => {
    // Each piece of work has a pace of its own.
    if (what !== now) [began, now] = [performance.now(), what];
    const seconds = (performance.now() - began) / 1000;
    return done <= 0 || seconds < 2 ? '' : `  ETA ${formatDuration((seconds * (total - done)) / done)}`;
  };
  return out.isTTY ? bar(out, left) : plain(out, left);
}

type TimeLeft = (done: number, total: number, what: string) => string;

function plain(out: Terminal['out'], left: TimeLeft): LabProgress {
  let shown = performance.now();
  return {
    show: (done, total, what) => {
      if (performance.now() - shown < plainInterval * 1000) return;
      shown = performance.now();
      out.write(`  ${Math.floor((100 * done) / total)} %  ${what}${left(done, total, what)}\n`);
    },
    close: () => {},
  };
}

function bar(out: Terminal['out'], left: TimeLeft): LabProgress {
  const line = new SingleBar(
    {
      stream: out,
      format: '[{bar}] {percentage} %  {text}',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
      fps: 10,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  return {
    show: (done, total, what) => {
      const text = `${what}${left(done, total, what)}`;
      if (!line.isActive) line.start(1000, 0, { text });
      line.update(Math.floor((1000 * done) / total), { text });
    },
    close: () => line.stop(),
  };
}
