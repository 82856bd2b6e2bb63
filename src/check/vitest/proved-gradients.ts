import { CotangentError } from '../../graph/error.ts';
import type { Graph } from '../../graph/graph.ts';
import type { AnyOp } from '../../graph/op.ts';
import { type FunctionOptions, type GraphFunction, type GraphOptions, gradchecker } from '../gradcheck.ts';
import { proofsOf } from '../prove.ts';
import type { Report } from '../report.ts';

/** What may be said of what is checked; a function needs `types`. */
export interface ProvedGradientsOptions<T = unknown> extends GraphOptions {
  /** Everything drawn follows from it; 1 unless given. */
  readonly seed?: number;
  /** Geometries of an operator, 60 unless given; points of a function or graph, 10 unless given. */
  readonly runs?: number;
  /** The types of a function's inputs, by name. */
  readonly types?: T extends AnyOp | Graph ? never : FunctionOptions['types'];
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** The matcher behind `toHaveProvedGradients`. */
export async function provedGradients(received: unknown, options: ProvedGradientsOptions = {}): Promise<MatcherResult> {
  try {
    const proved = isOp(received) ? proveOp(received, options) : provePoints(received, options);
    return { pass: true, message: () => `expected gradients not to be proved, but ${proved}` };
  } catch (error) {
    if (!(error instanceof CotangentError)) throw error;
    return { pass: false, message: () => `expected gradients to be proved, but\n${error.message}` };
  }
}

function proveOp(op: AnyOp, { seed = 1, runs = 60, order = 1, backend }: ProvedGradientsOptions): string {
  const { proof, parts } = proofsOf(op, { seed, runs, order, ...(backend && { backend }) });
  parts.gradients();
  const { exact, bounded, smooth } = proof.tally;
  return `${exact + bounded + smooth} derivatives of ${op.name} were, in ${proof.cases} geometries to order ${order}`;
}

function provePoints(received: unknown, { seed = 1, runs = 10, types, ...options }: ProvedGradientsOptions): string {
  const check = checkerOf(received, types, options);
  const compared = Array.from({ length: runs }, (_, k) => {
    const report = check(seed + k);
    report.expect();
    return report.compared;
  });
  const all = compared.reduce((sum, each) => sum + each, 0);
  return `${all} derivatives were, at ${runs} points`;
}

function checkerOf(
  received: unknown,
  types: FunctionOptions['types'] | undefined,
  options: GraphOptions,
): (seed: number) => Report {
  if (typeof received === 'function' && types !== undefined)
    return gradchecker(received as GraphFunction, { ...options, types });
  if (isGraph(received)) return gradchecker(received, options);
  throw new CotangentError({
    code: 'gradcheck/options',
    summary: 'this is no operator, no graph and no function whose types are given',
    fix: 'expect(op), expect(graph), or expect(f).toHaveProvedGradients({ types: { x: f64(2, 3) } }).',
  });
}

const isOp = (value: unknown): value is AnyOp => typeof value === 'function' && 'kernel' in value && 'cases' in value;
const isGraph = (value: unknown): value is Graph => typeof value === 'object' && value !== null && 'nodes' in value;
