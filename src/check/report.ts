import type { NdArray } from '../graph/nd-array.ts';
import type { Failure, Verdict } from './fuzz/campaign.ts';
import type { GradcheckError, Mode } from './gradcheck-error.ts';
import type { Tally } from './tally.ts';
import type { Taylor } from './taylor.ts';

/** One derivative along a direction, numeric against analytic. */
export interface Along {
  /** The input, or inputs one after the other for higher orders: `x.w`. */
  readonly input: string;
  readonly order: number;
  /** What was moved: everything (`dense`, `gaussian`, `rademacher`) or a part (`corner`, `edge`, `one channel`, …). */
  readonly kind: string;
  readonly mode: Mode;
  readonly numeric: number;
  readonly analytic: number;
  readonly tolerance: number;
  /** Where asked for. */
  readonly taylor?: Taylor;
}

/** What one check found. */
export class Report {
  /** `inconclusive` is no pass: nothing small enough could be compared; the failure says why and what would help. */
  readonly verdict: Exclude<Verdict, 'missing'>;
  /** The operator or function. */
  readonly subject: string;
  readonly seed: number;
  readonly order: number;
  readonly tally: Tally;
  readonly along: readonly Along[];
  /** What was thrown inside; its `finding` holds the place, the values and what was drawn. Absent where proved. */
  readonly error: GradcheckError | undefined;

  constructor(found: Omit<Report, 'expect' | 'failure' | 'compared' | 'toString'>) {
    this.verdict = found.verdict;
    this.subject = found.subject;
    this.seed = found.seed;
    this.order = found.order;
    this.tally = found.tally;
    this.along = found.along;
    this.error = found.error;
  }

  /** How many derivatives were compared. */
  get compared(): number {
    return this.tally.exact + this.tally.bounded + this.tally.smooth;
  }

  /** What is wrong, as campaigns tell it. Absent where proved. */
  get failure(): Failure | undefined {
    return this.error && failureOf(this.error);
  }

  /** What was compared, where everything is proved. @throws GradcheckError where it is not. */
  expect(): Tally {
    if (this.error !== undefined) throw this.error;
    return this.tally;
  }

  /** One line where proved, else the whole error. */
  toString(): string {
    const { verdict, subject, order, tally, compared, error, seed } = this;
    if (error !== undefined) return `${verdict}: ${error.message}`;
    return (
      `${verdict}: ${subject}, order ${order}, seed ${seed}: ${compared} derivatives ` +
      `(${tally.exact} equal, ${tally.bounded} within rounding, ${tally.smooth} smooth)`
    );
  }
}

/** A finding as campaigns tell it. */
function failureOf({ summary, details, fix, finding }: GradcheckError): Failure {
  const { compared, taylor } = finding;
  return {
    summary,
    details: [...details, `to mend it     ${fix}`],
    ...(compared && { compared: { of: finding.input, ...compared } }),
    ...(taylor && { taylor: taylor.points }),
  };
}

/** Claimed and measured gradient, in the input's shape. */
export interface ComparedArrays {
  readonly analytic: NdArray;
  readonly numeric: NdArray;
}
