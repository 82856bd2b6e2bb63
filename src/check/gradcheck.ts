import type { Backend } from '../backends/backend.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { CotangentError } from '../graph/error.ts';
import type { Graph } from '../graph/graph.ts';
import type { AnyOp, Case, Degree, Draw } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';
import type { Branch } from './branch.ts';
import { gradcheckerOf } from './checker.ts';
import { functionSubject } from './function-subject.ts';
import type { Mode } from './gradcheck-error.ts';
import { graphSubject } from './graph-subject.ts';
import type { Report } from './report.ts';
import { inMode, type Subject, subjectOf } from './subject.ts';

type Types = { readonly [name: string]: Type };

/** A function that builds graph of inputs of the types `T`: composites, layers, losses. */
export type GraphFunction<T extends Types = Types> = (
  inputs: { readonly [name in keyof T]: Tensor<T[name]['shape'], T[name]['dtype']> },
  g: GraphBuilder,
) => Tensor;

export interface CheckerOptions {
  /** How many times to differentiate, up to 3; 1 unless given. */
  readonly order?: number;
  /**
   * What runs the graphs. Unless given, the reference, or the compiled backend where so much is to be run that this is
   * sooner done.
   */
  readonly backend?: Backend;
  /**
   * The Jacobian of the first order is compared entry by entry where it has at most so many, 16384 unless given; a larger
   * one along drawn directions: dense ones, corners, edges, the inside, single rows, channels and elements.
   */
  readonly entries?: number;
  /**
   * The strictest comparison to be asked for: `exact` unless given, where degrees and constants allow it. `bounded` asks
   * for the rounding bound, `smooth` takes no function for a polynomial.
   */
  readonly mode?: Mode;
  /** Whether the remainders of linear approximations are reported for every direction; not unless given. */
  readonly taylor?: boolean;
  /**
   * Points on a kink decide nothing (`avoid`, unless given), or their gradient must lie between the derivatives of both
   * sides (`one-sided`).
   */
  readonly kinks?: 'avoid' | 'one-sided';
}

/** An operator is checked in one geometry; its record says how its inputs are drawn. */
export interface OperatorOptions extends CheckerOptions {
  readonly case: Case<string, object>;
}

/** What may be told of a graph's inputs. */
export interface GraphOptions extends CheckerOptions {
  /** What messages call it. */
  readonly name?: string;
  /** Inputs that are not drawn by their default. */
  readonly draw?: { readonly [name: string]: Draw };
  /** The polynomial degree in an input; `'smooth'` unless given. */
  readonly degree?: { readonly [name: string]: Degree };
  /** Whether all constants are dyadic, so that equality may be asked. */
  readonly dyadic?: boolean;
  /** How much larger rounding errors are than the size of the result suggests, where terms cancel; 1 unless given. */
  readonly condition?: number;
  /** Which piece the inputs are on, where the choice between pieces cannot be seen in the graph. */
  readonly branch?: Branch;
}

export interface FunctionOptions<T extends Types = Types> extends GraphOptions {
  readonly types: T;
}

type Checked = AnyOp | Graph | GraphFunction;
type AllOptions = Partial<OperatorOptions & FunctionOptions>;

/** Everything drawn follows from the seed; 1 unless given. */
interface Seeded {
  readonly seed?: number;
}

/**
 * Checks gradients: of an operator in one geometry, of a graph's outputs, or of a function that builds graph. Numeric
 * derivatives must equal the analytic ones, entry by entry and along drawn directions; the forward derivative must be
 * the transpose of the backward one; then the same is asked of the gradient graphs, cotangents included, to the order
 * asked for. A disagreement counts only where all points are on one piece and other cotangents and steps repeat it.
 *
 * @throws CotangentError where a graph cannot be built or differentiated; what is found stands in the report.
 */
export function gradcheck(op: AnyOp, options: OperatorOptions & Seeded): Report;
export function gradcheck(graph: Graph, options?: GraphOptions & Seeded): Report;
export function gradcheck<const T extends Types>(f: GraphFunction<T>, options: FunctionOptions<T> & Seeded): Report;
export function gradcheck(subject: Checked, { seed = 1, ...options }: AllOptions & Seeded = {}): Report {
  return gradcheckerOf(subjectFor(subject, options), options)(seed);
}

/**
 * The same for many seeds: the graphs are built and compiled once, whatever is drawn for them.
 *
 * @returns what checks the subject at the point, and along the directions, that follow from a seed.
 */
export function gradchecker(op: AnyOp, options: OperatorOptions): (seed: number) => Report;
export function gradchecker(graph: Graph, options?: GraphOptions): (seed: number) => Report;
export function gradchecker<const T extends Types>(
  f: GraphFunction<T>,
  options: FunctionOptions<T>,
): (seed: number) => Report;
export function gradchecker(subject: Checked, options: AllOptions = {}): (seed: number) => Report {
  return gradcheckerOf(subjectFor(subject, options), options);
}

const subjectFor = (what: Checked, options: AllOptions): Subject =>
  inMode(options.mode ?? 'exact', plainSubject(what, options));

function plainSubject(what: Checked, options: AllOptions): Subject {
  if ('kernel' in what) {
    if (options.case !== undefined) return subjectOf(what, options.case);
    return refuse(
      what.name,
      'case',
      'give { case: { types, attributes } }, or prove it in drawn cases by proveOperator.',
    );
  }
  if (typeof what !== 'function') return graphSubject(what, options);
  const { types } = options;
  if (types !== undefined) return functionSubject(what, { ...options, types });
  return refuse(what.name, 'types', 'give { types: { x: f64(2, 3) } }, the types of its inputs by name.');
}

function refuse(name: string, option: string, fix: string): never {
  throw new CotangentError({ code: 'gradcheck/options', summary: `${name}: no ${option} given to check it with`, fix });
}
