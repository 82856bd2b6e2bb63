import type { Backend } from '../backends/backend.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { isFloat } from '../graph/dtype.ts';
import type { AnyOp, Case, Degree, Draw } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';
import { gradcheckerOf } from './checker.ts';
import { defaultDraw } from './draw.ts';
import { subjectOf } from './subject.ts';
import type { Tally } from './tally.ts';

export interface CheckerOptions {
  /** How many times to differentiate; 1 unless given. */
  readonly order?: number;
  /**
   * What runs the graphs. Unless given, the reference, or the compiled backend where so much is to be run that this is
   * sooner done.
   */
  readonly backend?: Backend;
  /**
   * The Jacobian of the first order is compared entry by entry where it has at most so many, 16384 unless given; a larger
   * one along drawn directions.
   */
  readonly entries?: number;
}

export interface GradcheckOptions extends CheckerOptions {
  /** Everything drawn follows from it. */
  readonly seed: number;
}

/**
 * Proves an operator's gradients in one geometry, to the order asked for: numeric derivatives must equal the analytic
 * ones, entry by entry and along drawn directions; then the same is asked of the gradient graphs, cotangents included.
 *
 * @throws GradcheckError `gradcheck/mismatch`, `gradcheck/inconclusive` or `gradcheck/structure`.
 */
export function gradcheck(op: AnyOp, drawn: Case<string, object>, { seed, ...options }: GradcheckOptions): Tally {
  return gradcheckerOf(subjectOf(op, drawn), options)(seed);
}

export interface FunctionOptions extends CheckerOptions {
  /** Inputs that are not drawn by their default. */
  readonly draw?: { readonly [name: string]: Draw };
  /** The polynomial degree in an input; `'smooth'` unless given. */
  readonly degree?: { readonly [name: string]: Degree };
  /** Whether all constants are dyadic, so that equality may be asked. */
  readonly dyadic?: boolean;
  readonly condition?: number;
}

/** The same for any function that builds graph: composites, layers, losses. */
export function gradcheckFunction(
  name: string,
  f: (inputs: { readonly [name: string]: Tensor }, g: GraphBuilder) => Tensor,
  types: { readonly [name: string]: Type },
  { seed, ...options }: FunctionOptions & { readonly seed: number },
): Tally {
  return gradchecker(name, f, types, options)(seed);
}

/**
 * The same for many seeds: the graphs are built and compiled once, whatever is drawn for them.
 *
 * @returns what proves the function at the point, and along the directions, that follow from a seed.
 */
export function gradchecker(
  name: string,
  f: (inputs: { readonly [name: string]: Tensor }, g: GraphBuilder) => Tensor,
  types: { readonly [name: string]: Type },
  options: FunctionOptions = {},
): (seed: number) => Tally {
  const operands = Object.entries(types).map(([input, type]) => {
    const draw = options.draw?.[input] ?? defaultDraw(type);
    const degree = options.degree?.[input] ?? 'smooth';
    return isFloat(type.dtype) ? { name: input, type, draw, degree } : { name: input, type, draw };
  });
  const { dyadic = false, condition = 1 } = options;
  return gradcheckerOf({ name, operands, dyadic, condition, attributes: {}, build: f }, options);
}
