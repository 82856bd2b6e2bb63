import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

/** Without a terminal, a line is written this often at most, in seconds. */
const plainInterval = 10;
const parts = 1000;

/** How far long work is, in one line. */
export interface ProgressLine {
  /** `text` is only asked for when it is shown. */
  show(done: number, total: number, text: () => string): void;
  /** Takes the display down, writes a line that stays, and puts it up again at the next `show`. */
  say(line: string): void;
  /** Takes down whatever is displayed. */
  close(): void;
}

/** A bar that is redrawn where the stream is a terminal, else a line now and then. */
export const progressLine = (out: Terminal['out']): ProgressLine => (out.isTTY ? bar(out) : plain(out));

function plain(out: Terminal['out']): ProgressLine {
  let shown = performance.now();
  return {
    show: (done, total, text) => {
      if (performance.now() - shown < plainInterval * 1000) return;
      shown = performance.now();
      out.write(`  ${Math.floor((100 * done) / total)} %  ${text()}\n`);
    },
    say: (line) => void out.write(`${line}\n`),
    close: () => {},
  };
}

function bar(out: Terminal['out']): ProgressLine {
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
    show: (done, total, text) => {
      const shown = { text: text() };
      if (!line.isActive) line.start(parts, 0, shown);
      line.update(Math.floor((parts * done) / total), shown);
    },
    say: (said) => {
      line.stop();
      out.write(`${said}\n`);
    },
    close: () => line.stop(),
  };
}
