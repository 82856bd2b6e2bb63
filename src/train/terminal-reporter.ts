import { Presets, SingleBar } from 'cli-progress';
import { formatDuration } from '../io/format-duration.ts';
import type { EpochEntry, StepEntry } from './log.ts';
import type { Position, Reporter } from './reporter.ts';

/** Without a terminal, a step is shown this often at most, in seconds. */
const plainInterval = 10;

/** Shows training on a stream: a bar that is redrawn where it is a terminal, else a line now and then; a line per epoch on both. */
export const terminalReporter = (out: NodeJS.WritableStream & { readonly isTTY?: boolean }): Reporter =>
  out.isTTY ? barReporter(out) : plainReporter(out);

function plainReporter(out: NodeJS.WritableStream): Reporter {
  let shown = performance.now();
  return {
    step: (entry, position) => {
      if (performance.now() - shown < plainInterval * 1000) return;
      shown = performance.now();
      out.write(`${stepText(entry, position)}\n`);
    },
    validating: () => {},
    epoch: (entry, position) => {
      shown = performance.now();
      out.write(`${epochText(entry, position)}\n`);
    },
    close: () => {},
  };
}

function barReporter(out: NodeJS.WritableStream): Reporter {
  const bar = new SingleBar(
    {
      stream: out,
      format: '[{bar}] {text}',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      fps: 10,
      linewrap: false,
    },
    Presets.shades_classic,
  );
  let text = '';
  const show = (value: number, total: number): void => {
    if (!bar.isActive) bar.start(total, value, { text });
    bar.setTotal(total);
    bar.update(value, { text });
  };
  return {
    step: (entry, position) => {
      text = stepText(entry, position);
      show(entry.step, position.steps);
    },
    validating: (done, total) => {
      if (bar.isActive) bar.update({ text: `validating ${done}/${total}` });
      bar.render();
    },
    epoch: (entry, position) => {
      bar.stop();
      out.write(`${epochText(entry, position)}\n`);
    },
    close: () => bar.stop(),
  };
}

const stepText = ({ step, epoch, loss }: StepEntry, { epochs, steps, secondsLeft }: Position): string =>
  `epoch ${epoch + 1}/${epochs}  step ${step}/${steps}  loss ${loss.toFixed(4)}${eta(secondsLeft)}`;

const epochText = (entry: EpochEntry, { epochs, steps, secondsLeft }: Position): string =>
  `epoch ${entry.epoch + 1}/${epochs}  step ${entry.step}/${steps}  loss ${entry.loss.toFixed(4)}  ` +
  `validation mIoU ${entry.miou.toFixed(3)}  accuracy ${entry.accuracy.toFixed(3)}${entry.step < steps ? eta(secondsLeft) : ''}`;

const eta = (seconds: number | undefined): string => (seconds === undefined ? '' : `  ETA ${formatDuration(seconds)}`);
