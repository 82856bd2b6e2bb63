import { Presets, SingleBar } from 'cli-progress';
import { coverageOf } from './coverage.ts';
import { type CampaignTally, totalsOf } from './tally.ts';

/** Without a terminal, a line is written this often at most, in seconds. */
const plainInterval = 10;

/** What a session ends by. */
interface Goal {
  readonly seconds?: number;
  /** Cases of every campaign. */
  readonly runs?: number;
}

/** Shows how far a session has come. */
export interface Progress {
  show(tallies: readonly CampaignTally[]): void;
  /** Writes a line above the progress. */
  say(line: string): void;
  close(): void;
}

type Out = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** A line that is rewritten where the stream is a terminal, else a line now and then. */
export function progressOn(out: Out, goal: Goal): Progress {
  const began = performance.now();
  const secondsTaken = (): number => (performance.now() - began) / 1000;
  const fraction = (tallies: readonly CampaignTally[]): number => {
    const byTime = goal.seconds === undefined ? 0 : secondsTaken() / goal.seconds;
    const { runs } = goal;
    const done = runs === undefined ? 0 : tallies.reduce((sum, { cases }) => sum + Math.min(1, cases / runs), 0);
    return Math.min(1, Math.max(byTime, done / Math.max(1, tallies.length)));
  };
  return out.isTTY ? barProgress(out, fraction, secondsTaken) : plainProgress(out, fraction, secondsTaken);
}

/** `812/s  4050 proved  2 inconclusive  1 refuted  covered 57/58 campaigns, 512 attributes, f32 f64`. */
function progressText(tallies: readonly CampaignTally[], seconds: number): string {
  const { cases, counts } = totalsOf(tallies);
  const { reached, of, attributes, dtypes } = coverageOf(tallies);
  const rate = cases / Math.max(seconds, 1e-3);
  return [
    `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
    `${counts.proved} proved`,
    `${counts.refuted} refuted`,
    `${counts.inconclusive} inconclusive`,
    ...(counts.missing === 0 ? [] : [`${counts.missing} missing`]),
    `covered ${[`${reached}/${of}`, `${attributes} attributes`, ...dtypes].join(', ')}`,
  ].join('  ');
}

function plainProgress(out: Out, fraction: (t: readonly CampaignTally[]) => number, seconds: () => number): Progress {
  let shown = performance.now();
  return {
    show: (tallies) => {
      if (performance.now() - shown < plainInterval * 1000) return;
      shown = performance.now();
      out.write(`${Math.floor(100 * fraction(tallies))} %  ${progressText(tallies, seconds())}\n`);
    },
    say: (line) => void out.write(`${line}\n`),
    close: () => {},
  };
}

function barProgress(out: Out, fraction: (t: readonly CampaignTally[]) => number, seconds: () => number): Progress {
  const bar = new SingleBar(
    {
      stream: out,
      format: '[{bar}] {percentage} %  {text}',
      barsize: 16,
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
      fps: 5,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  bar.start(1000, 0, { text: 'starting' });
  return {
    show: (tallies) => bar.update(Math.floor(1000 * fraction(tallies)), { text: progressText(tallies, seconds()) }),
    say: (line) => {
      // The line takes the bar’s place; the bar is drawn anew below it.
      out.write(`\r\x1b[2K${line}\n`);
      bar.render();
    },
    close: () => bar.stop(),
  };
}
