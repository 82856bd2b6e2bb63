import {
  GradcheckError,
  gradchecker,
  type ProofPart,
  proofParts,
  proofsOf,
  type Report,
  type Tally,
} from '../../check/index.ts';
import { CotangentError } from '../../graph/error.ts';
import type { OpTable } from '../../graph/op.ts';
import type { FileSubject } from './subjects-in.ts';

export interface ProveOptions {
  readonly seed: number;
  readonly runs: number;
  readonly order: number;
  readonly path?: string;
  readonly part?: ProofPart;
  readonly ops: OpTable;
  /** The command line up to the subject, to which failures add seed and path. */
  readonly command: string;
}

/** What was found of one subject. */
export interface SubjectResult {
  readonly name: string;
  readonly verdict: Report['verdict'];
  /** Geometries and points tried, and derivatives compared by mode. */
  readonly cases: number;
  readonly order: number;
  readonly tally: Tally;
  readonly milliseconds: number;
  /** Present unless proved. */
  readonly failure?: {
    readonly code: string;
    readonly summary: string;
    readonly details: readonly string[];
    readonly fix: string;
  };
}

/** Proves an operator in all its parts, or a function at so many points; what is wrong stands in the result. */
export function proveSubject(subject: FileSubject, options: ProveOptions): SubjectResult {
  const began = performance.now();
  const found = subject.kind === 'operator' ? proveOp(subject.op, options) : proveFunction(subject, options);
  const { error, ...counted } = found;
  return {
    name: subject.name,
    order: options.order,
    ...counted,
    verdict: verdictOf(error),
    milliseconds: Math.round(performance.now() - began),
    ...(error && {
      failure: { code: error.code, summary: error.summary, details: error.details, fix: error.fix },
    }),
  };
}

interface Found {
  readonly cases: number;
  readonly tally: Tally;
  readonly error: CotangentError | undefined;
}

function proveOp(
  op: Extract<FileSubject, { kind: 'operator' }>['op'],
  { seed, runs, order, path, part, ops, command }: ProveOptions,
): Found {
  const { proof, parts } = proofsOf(op, { seed, runs, order, ops, command, ...(path === undefined ? {} : { path }) });
  const wanted = part ?? (path === undefined ? undefined : 'gradients');
  const error = errorOf(() => {
    for (const each of wanted === undefined ? proofParts : [wanted]) parts[each]();
  });
  return { cases: proof.cases, tally: proof.tally, error };
}

function proveFunction(
  { name, subject }: Extract<FileSubject, { kind: 'function' }>,
  { seed, runs, order }: ProveOptions,
): Found {
  const tally: Tally = { exact: 0, bounded: 0, smooth: 0, retried: 0 };
  let cases = 0;
  const error = errorOf(() => {
    const { f, ...options } = subject;
    const check = gradchecker(f, { order, ...options, name });
    for (let k = 0; k < runs; k++) {
      const found = check(seed + k).expect();
      for (const mode of ['exact', 'bounded', 'smooth', 'retried'] as const) tally[mode] += found[mode];
      cases++;
    }
  });
  return { cases, tally, error };
}

function errorOf(work: () => void): CotangentError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof CotangentError) return error;
    throw error;
  }
}

function verdictOf(error: CotangentError | undefined): Report['verdict'] {
  if (error === undefined) return 'proved';
  return error instanceof GradcheckError && error.finding.proof === 'inconclusive' ? 'inconclusive' : 'refuted';
}
