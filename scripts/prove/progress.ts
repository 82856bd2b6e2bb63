import { Presets, SingleBar } from 'cli-progress';
import { formatDuration } from '../../src/io/format-duration.ts';
import { casesDone, failureIn, type Subject, secondsLeft } from './plan.ts';

/** Without a terminal, a line is written this often at most, in seconds. */
const plainInterval = 10;

/** Shows how far a proof has come. */
export interface Progress {
  /** A job of the subject is done. */
  show(subject: Subject): void;
  close(): void;
}

/** A bar that is redrawn where the stream is a terminal, else a line now and then. */
export function progressOn(
  out: NodeJS.WritableStream & { readonly isTTY?: boolean },
  subjects: readonly Subject[],
  threads: number,
): Progress {
  const text = (subject: Subject): string => {
    const failed = subjects.filter((each) => failureIn(each) !== undefined).length;
    const left = secondsLeft(subjects);
    return [
      `${subject.name} ${casesDone(subject)}/${subject.runs} cases`,
      ...(failed === 0 ? [] : [`${failed} failed`]),
      ...(left === undefined ? [] : [`ETA ${formatDuration(left / threads)}`]),
    ].join('  ');
  };
  return out.isTTY ? barProgress(out, subjects, text) : plainProgress(out, subjects, text);
}

const fractionDone = (subjects: readonly Subject[]): number => {
  const sum = (f: (subject: Subject) => number): number => subjects.reduce((total, each) => total + f(each), 0);
  return sum((each) => (failureIn(each) === undefined ? casesDone(each) : each.runs)) / sum(({ runs }) => runs);
};

function plainProgress(
  out: NodeJS.WritableStream,
  subjects: readonly Subject[],
  text: (subject: Subject) => string,
): Progress {
  let shown = performance.now();
  return {
    show: (subject) => {
      if (performance.now() - shown < plainInterval * 1000) return;
      shown = performance.now();
      out.write(`${Math.floor(100 * fractionDone(subjects))} %  ${text(subject)}\n`);
    },
    close: () => {},
  };
}

function barProgress(
  out: NodeJS.WritableStream,
  subjects: readonly Subject[],
  text: (subject: Subject) => string,
): Progress {
  const bar = new SingleBar(
    {
      stream: out,
      format: '[{bar}] {percentage} %  {text}',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
    },
    Presets.shades_classic,
  );
  bar.start(1000, 0, { text: '' });
  return {
    show: (subject) => bar.update(Math.floor(1000 * fractionDone(subjects)), { text: text(subject) }),
    close: () => bar.stop(),
  };
}
