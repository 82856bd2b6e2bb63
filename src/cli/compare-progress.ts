import { Presets, SingleBar } from 'cli-progress';
import { formatDuration } from '../io/format-duration.ts';
import type { CompareState } from '../train/compare/compare.ts';
import type { Terminal } from './terminal.ts';

/** Without a terminal, a line is written this often at most, in seconds. */
const plainInterval = 10;

/** Shows how far a comparison is. */
export interface CompareProgress {
  show(state: CompareState): void;
  /** Takes the display down, writes a line that stays, and puts it up again. */
  say(line: string): void;
  /** Takes down whatever is displayed. */
  close(): void;
}

/** A bar that is redrawn where the stream is a terminal, else a line now and then. */
export function compareProgress(out: Terminal['out']): CompareProgress {
  const began = performance.now();
  let atFirst: number | undefined;
  const text = ({ done, total, running }: CompareState): string => {
    // Steps of an earlier session took no time.
    atFirst ??= done;
    const seconds = (performance.now() - began) / 1000;
    const left = done - atFirst < 20 ? '' : `  ETA ${formatDuration((seconds * (total - done)) / (done - atFirst))}`;
    const nets = running.map(({ name, step, loss }) => (step === 0 ? name : `${name} ${step} (${loss.toFixed(2)})`));
    return `${nets.join(' · ')}${left}`;
  };
  return out.isTTY ? bar(out, text) : plain(out, text);
}

type Text = (state: CompareState) => string;

function plain(out: Terminal['out'], text: Text): CompareProgress {
  let shown = performance.now();
  return {
    show: (state) => {
      if (performance.now() - shown < plainInterval * 1000) return;
      shown = performance.now();
      out.write(`  ${Math.floor((100 * state.done) / state.total)} %  ${text(state)}\n`);
    },
    say: (line) => void out.write(`${line}\n`),
    close: () => {},
  };
}

function bar(out: Terminal['out'], text: Text): CompareProgress {
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
    show: (state) => {
      const shown = { text: text(state) };
      if (!line.isActive) line.start(state.total, 0, shown);
      line.update(state.done, shown);
    },
    say: (said) => {
      line.stop();
      out.write(`${said}\n`);
    },
    close: () => line.stop(),
  };
}
