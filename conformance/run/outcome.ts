import { CotangentError } from 'cotangent';
import type { Contested } from './contested.ts';
import type { Deviation } from './experiment.ts';
import { Unsupported } from './unsupported.ts';

/** What became of one case. */
export interface Outcome {
  readonly suite: 'torch' | 'onnx';
  /** The case file's name without its ending. */
  readonly file: string;
  readonly op: string;
  readonly name: string;
  /** Contested: off, but by numbers over which implementations differ. */
  readonly status: 'passed' | 'failed' | 'unsupported' | 'contested';
  /** The largest error as a multiple of its tolerance; infinite where something is exact but differs, or of another shape. */
  readonly worst: number;
  /** Why it is not passed; one line for each tensor that is off. */
  readonly reasons: readonly string[];
  /** Why implementations differ over the expected numbers, where they do. */
  readonly contested?: string | undefined;
  readonly milliseconds: number;
}

/** Who and where a case is. */
export type CaseIdentity = Pick<Outcome, 'suite' | 'file' | 'op' | 'name'>;

/** Runs one case and says what became of it; never throws for a fault of the case or of the library. */
export function outcomeOf(
  identity: CaseIdentity,
  run: () => readonly Deviation[],
  contested?: Contested | undefined,
): Outcome {
  const start = performance.now();
  const ended = (status: Outcome['status'], worst: number, reasons: readonly string[]): Outcome => ({
    ...identity,
    status,
    worst,
    reasons,
    ...(contested === undefined ? {} : { contested: contested.reason }),
    milliseconds: performance.now() - start,
  });
  try {
    const deviations = run();
    const worst = Math.max(0, ...deviations.map(share));
    const off = deviations.filter((one) => !(share(one) <= 1));
    if (off.length === 0) return ended('passed', worst, []);
    const excused = contested !== undefined && off.every(({ error }) => error <= (contested.upTo ?? error));
    return ended(excused ? 'contested' : 'failed', worst, off.map(describe));
  } catch (error) {
    if (error instanceof Unsupported) return ended('unsupported', 0, [`the library has no ${error.message}`]);
    return ended('failed', Number.POSITIVE_INFINITY, [message(error)]);
  }
}

const share = ({ error, tolerance }: Deviation): number =>
  tolerance === 0 ? (error === 0 ? 0 : Number.POSITIVE_INFINITY) : error / tolerance;

const describe = ({ what, error, tolerance, mismatch }: Deviation): string =>
  `${what} ${mismatch ?? `is off by ${error.toExponential(1)}, allowed ${tolerance === 0 ? 'nothing' : tolerance.toExponential(0)}`}`;

function message(error: unknown): string {
  if (error instanceof CotangentError) return `refused: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
