import { CotangentError } from '../graph/error.ts';
import type { ComparedArrays } from './report.ts';
import type { Taylor } from './taylor.ts';

/** How a comparison was made: with equality, with a computed rounding bound, or with an estimated truncation as well. */
export type Mode = 'exact' | 'bounded' | 'smooth';

/** What a failed check knows. */
export interface Finding {
  /** Which proof failed: the part after `gradcheck/` in the error's code. */
  readonly proof: string;
  /** The operator or function. */
  readonly subject: string;
  /** The input, or inputs one after the other for higher orders: `x.w` is the derivative by w of the gradient for x. */
  readonly input: string;
  /** What is wrong, in one line. */
  readonly summary: string;
  /** The inputs and attributes at which it fails. */
  readonly case: string;
  readonly seed: number;
  readonly fix: string;
  readonly order?: number;
  readonly mode?: Mode;
  /** Index of the first wrong element. */
  readonly element?: readonly number[];
  readonly numeric?: number;
  readonly analytic?: number;
  readonly tolerance?: number;
  readonly details?: readonly string[];
  /** The whole gradient for one cotangent, claimed and measured. */
  readonly compared?: ComparedArrays;
  readonly taylor?: Taylor;
}

/** A derivative that was not proved. The text is a rendering of the finding. */
export class GradcheckError extends CotangentError {
  override readonly name: string = 'GradcheckError';
  readonly finding: Finding;
  /** The command that repeats the failure, where one is known. */
  readonly replay: string | undefined;

  constructor(finding: Finding, replay?: string) {
    const { proof, subject, input, summary, case: where, seed, fix, details = [] } = finding;
    super({
      code: `gradcheck/${proof}`,
      summary: `${input === '' ? subject : `${subject}.${input}`}: ${summary}`,
      details: [
        `smallest case  ${where}`,
        ...details,
        replay === undefined ? `seed           ${seed}` : `replay         ${replay}`,
      ],
      fix,
    });
    this.finding = finding;
    this.replay = replay;
  }

  /** The same finding with the command that repeats it. */
  withReplay(command: string): GradcheckError {
    return new GradcheckError(this.finding, command);
  }
}
