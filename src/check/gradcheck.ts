import { vjp } from '../autodiff/vjp.ts';
import type { Backend } from '../backends/backend.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { isFloat } from '../graph/dtype.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { AnyOp, Case, Degree, Draw } from '../graph/op.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';
import { compareAlong, compareElements, directionFor, type Measured, type Probe, smoothFractions } from './compare.ts';
import { defaultDraw, drawCotangent, drawPoint } from './draw.ts';
import { faultOf } from './fault.ts';
import type { Mode } from './gradcheck-error.ts';
import { Random } from './random.ts';
import { checkStructure } from './structure.ts';
import { type Subject, subjectOf } from './subject.ts';
import { Workbench } from './workbench.ts';

export interface GradcheckOptions {
  /** Everything drawn follows from it. */
  readonly seed: number;
  /** How many times to differentiate; 1 unless given. */
  readonly order?: number;
  /** What runs the graphs; the reference unless given. */
  readonly backend?: Backend;
}

/** What was compared: how many derivatives in each mode, and how many needed another stencil to be conclusive. */
export interface Tally {
  exact: number;
  bounded: number;
  smooth: number;
  retried: number;
}

/**
 * Proves an operator's gradients in one geometry, to the order asked for: numeric derivatives of ⟨u, f⟩ along drawn
 * directions must equal ⟨VJP(u), direction⟩; then the same is asked of the gradient graphs, cotangents included.
 *
 * @throws GradcheckError `gradcheck/mismatch`, `gradcheck/inconclusive` or `gradcheck/structure`.
 */
export function gradcheck(op: AnyOp, drawn: Case<string, object>, options: GradcheckOptions): Tally {
  return gradcheckSubject(subjectOf(op, drawn), options);
}

export interface FunctionOptions extends GradcheckOptions {
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
  options: FunctionOptions,
): Tally {
  const operands = Object.entries(types).map(([input, type]) => {
    const draw = options.draw?.[input] ?? defaultDraw(type);
    const degree = options.degree?.[input] ?? 'smooth';
    return isFloat(type.dtype) ? { name: input, type, draw, degree } : { name: input, type, draw };
  });
  const { dyadic = false, condition = 1 } = options;
  return gradcheckSubject({ name, operands, dyadic, condition, attributes: {}, build: f }, options);
}

/** A tensor of the graph under proof, and all inputs that it is differentiated by. */
interface Level {
  readonly y: Tensor;
  readonly probes: readonly (Probe & { readonly tensor: Tensor })[];
  /** The inputs that led here: `['x', 'w']` is the derivative by `w` of the gradient for `x`. */
  readonly path: readonly string[];
}

/** The general form of both. */
function gradcheckSubject(subject: Subject, { seed, order = 1, backend }: GradcheckOptions): Tally {
  const tally: Tally = { exact: 0, bounded: 0, smooth: 0, retried: 0 };
  const bench = new Workbench(backend);
  const random = new Random(seed);
  const points = subject.operands.map((operand) => {
    const at = drawPoint(operand.type, operand.draw, random.fork(operand.name));
    return { ...operand, at, tensor: bench.input(operand.name, at) };
  });
  const y = subject.build(Object.fromEntries(points.map(({ name, tensor }) => [name, tensor])), bench.g);
  if (!isFloat(y.dtype)) return tally;
  const probes = points.flatMap(({ degree, ...point }) => (degree === undefined ? [] : [{ ...point, degree }]));
  if (probes.length === 0) return tally;
  const exact = subject.dyadic && probes.every(({ degree }) => degree !== 'smooth');
  const modeOf = ({ degree }: Probe): Mode => (degree === 'smooth' ? 'smooth' : exact ? 'exact' : 'bounded');

  const prove = ({ y, probes, path }: Level): void => {
    const name = ['ct', ...path].join('.');
    const cotangent = bench.input(name, drawCotangent(y, random.fork(name)));
    const gradients = vjp(
      [y],
      probes.map(({ tensor }) => tensor),
      [cotangent],
    );
    const forward = bench.program({ y });
    const backward = bench.program(Object.fromEntries(probes.map((probe, i) => [probe.name, gradients[i]!])));
    const fault = faultOf(subject, seed, path);
    checkStructure(bench, { forward, backward, cotangent: name }, fault);

    const compareAt = (u: NdArray, pass: number): void => {
      const gradientAt = backward({ [name]: u });
      for (const probe of probes) {
        const mode = modeOf(probe);
        const { condition } = subject;
        const evaluate = (value: NdArray): NdArray => forward({ [probe.name]: value }).y!;
        const measured: Measured = { probe, mode, condition, u, evaluate };
        const gradient = gradientAt[probe.name]!;
        const all = pass === 0 && sizeOf(probe.at.shape) <= (path.length === 0 ? 64 : 6);
        const compared = smoothFractions.some((fraction, attempt) => {
          const direction = directionFor(measured, fraction, random.fork(`${name} ${probe.name} ${pass} ${attempt}`));
          const comparisons = all
            ? compareElements(measured, gradient, direction)
            : [compareAlong(measured, gradient, direction)];
          tally[mode] += comparisons.length;
          if (comparisons.some(({ verdict }) => verdict === 'wrong')) fault.mismatch(measured, gradient, direction);
          const conclusive = comparisons.every(({ verdict }) => verdict === 'equal');
          if (!conclusive) tally.retried++;
          return conclusive;
        });
        if (!compared) fault.inconclusive(measured);
      }
    };
    compareAt(bench.feeds[name]!, 0);
    compareAt(drawCotangent(y, random.fork(`${name} again`)), 1);

    if (path.length + 1 >= order) return;
    const own = { name, tensor: cotangent, at: bench.feeds[name]!, draw: defaultDraw(y), degree: 1 };
    for (const [i, probe] of probes.entries())
      prove({ y: gradients[i]!, probes: [...probes, own], path: [...path, probe.name] });
  };
  prove({ y, probes, path: [] });
  return tally;
}
