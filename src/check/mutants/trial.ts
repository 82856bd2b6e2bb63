import { isFloat } from '../../graph/dtype.ts';
import { GraphError } from '../../graph/error.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { array } from '../../graph/nd-array.ts';
import { type AnyOp, type Case, type Rule, ruleFor } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { sameType, showType } from '../../graph/type.ts';
import { compareElements, directionFor, type Measured, type Probe, smoothFractions } from '../compare.ts';
import { drawCotangent, drawPoint } from '../draw.ts';
import type { Mode } from '../gradcheck-error.ts';
import { measureKink } from '../kinks.ts';
import { Random } from '../random.ts';
import { showSubject, subjectOf } from '../subject.ts';
import { Workbench } from '../workbench.ts';

/** One input of an operator at one drawn point, with its true derivative measured: what mutants of the rule are tried on. */
export interface Trial {
  readonly op: AnyOp;
  readonly key: string;
  readonly attributes: object;
  /** Values of all inputs. */
  readonly inputs: { readonly [name: string]: NdArray };
  readonly u: NdArray;
  /** What the unchanged rule gives. */
  readonly gradient: NdArray;
  readonly where: string;
  /** Whether nothing is rounded. */
  readonly exact: boolean;
  /** Whether a gradient agrees with the numeric one, element by element. */
  agrees(gradient: NdArray): boolean;
}

/** The operator in a graph of its own, at a trial's values. */
export interface Stage {
  readonly bench: Workbench;
  /** What a rule is given: inputs, y and ct. */
  readonly values: { readonly [name: string]: Tensor };
}

export function stageOf({ op, attributes, inputs, u }: Pick<Trial, 'op' | 'attributes' | 'inputs' | 'u'>): Stage {
  const bench = new Workbench();
  const tensors: { [name: string]: Tensor } = {};
  for (const [name, value] of Object.entries(inputs)) tensors[name] = bench.input(name, value);
  const y = bench.g.emit(op, tensors, attributes);
  return { bench, values: { ...tensors, y, ct: bench.input('ct', u) } };
}

/** Applies a rule at a trial's values; refuses results of another type than the input's, as differentiation does. */
export function applyRule(trial: Omit<Trial, 'gradient' | 'agrees'>, rule: Rule<string, object>): NdArray {
  const { op, key, attributes, inputs } = trial;
  const { bench, values } = stageOf(trial);
  const result = rule(values as { y: Tensor; ct: Tensor }, attributes, key);
  if (!sameType(result, inputs[key]!))
    throw new GraphError(
      {
        code: 'grad/rule-type',
        summary: `${op.name}.${key} gives ${showType(result)}`,
        fix: 'give the type of the input.',
      },
      op.name,
    );
  return bench.program({ result })().result!;
}

/** The rule of an input, where there is one. */
export function ruleOf(op: AnyOp, key: string): Rule<string, object> | undefined {
  const rule = ruleFor(op, key);
  return typeof rule === 'function' ? rule : undefined;
}

/** Trials of all differentiable inputs of an operator in one case. */
export function trialsOf(op: AnyOp, drawn: Case<string, object>, seed: number): Trial[] {
  const subject = subjectOf(op, drawn);
  const random = new Random(seed, 'trial');
  const inputs = Object.fromEntries(
    subject.operands.map(({ name, type, draw }) => [name, drawPoint(type, draw, random.fork(name))]),
  );
  const { attributes } = drawn;
  const type = op.infer(inputs, attributes);
  if (!isFloat(type.dtype) || sizeOf(type.shape) === 0) return [];
  const u = drawCotangent(type, random.fork('u'));
  const { bench, values } = stageOf({ op, attributes, inputs, u });
  const program = bench.program({ y: values.y! });
  const exact = subject.dyadic && subject.operands.every(({ degree }) => degree !== 'smooth');
  return subject.operands.flatMap(({ name, draw, degree }) => {
    const rule = ruleOf(op, name);
    if (rule === undefined || degree === undefined || sizeOf(inputs[name]!.shape) === 0) return [];
    const start = { op, key: name, attributes, inputs, u, exact, where: `${showSubject(subject)}, seed ${seed}` };
    const gradient = applyRule(start, rule);
    const mode: Mode = degree === 'smooth' ? 'smooth' : exact ? 'exact' : 'bounded';
    const probe: Probe = { name, at: inputs[name]!, draw, degree };
    const measured: Measured = {
      probe,
      mode,
      condition: subject.condition,
      u,
      evaluate: (value) => program({ [name]: value }).y!,
    };
    const direction = directionFor(measured, smoothFractions[0]!, random.fork(`direction ${name}`));
    const elements = compareElements(measured, gradient, direction);
    const agrees = (other: NdArray): boolean =>
      elements.every(({ verdict, difference, divisor, tolerance }, i) => {
        const error = Math.abs(other.data[i]! * direction.data[i]! * divisor - difference);
        return verdict === 'inconclusive' || error <= tolerance * divisor;
      });
    return [{ ...start, gradient, agrees }];
  });
}

/** Trials at the declared kinks, where the true derivative is the side that the operator takes. */
export function kinkTrials(op: AnyOp): Trial[] {
  return (op.kinks ?? []).map((kink) => {
    const { attributes, input, takes } = kink;
    const inputs = Object.fromEntries(
      Object.entries(kink.types).map(([name, type]) => [name, array(type, kink.at[name]!)]),
    );
    const { u, gradient, sides } = measureKink({
      ...kink,
      name: op.name,
      build: (tensors, g) => g.emit(op, tensors, attributes),
    });
    const agrees = (other: NdArray): boolean =>
      sides.every(({ left, right, tolerance }, i) => {
        const expected = takes[i] === 'zero' ? 0 : takes[i] === 'left' ? left : right;
        return Math.abs(other.data[i]! - expected) <= tolerance;
      });
    return {
      op,
      key: input,
      attributes,
      inputs,
      u,
      gradient,
      agrees,
      exact: sides.every(({ tolerance }) => tolerance === 0),
      where: `kink at ${inputs[input]}`,
    };
  });
}
