import { isFloat } from '../../graph/dtype.ts';
import { GraphError } from '../../graph/error.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { type AnyOp, type Case, type Rule, ruleFor } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { sameType, showType } from '../../graph/type.ts';
import { drawCotangent, drawPoint } from '../draw.ts';
import type { Mode } from '../gradcheck-error.ts';
import { Random } from '../random.ts';
import type { Point, Pullback } from '../schemes/scheme.ts';
import { type Subject, showSubject, subjectOf } from '../subject.ts';
import { Workbench } from '../workbench.ts';
import { adjointIn } from './adjoint-in.ts';
import { elementsIn } from './elements-in.ts';

/** One input of an operator at one drawn point, with its true derivative measured: what mutants are tried on. */
export interface Trial extends Staged, Point {
  readonly key: string;
  readonly u: NdArray;
  /** What the rule gives. */
  readonly pull: Pullback;
  /** What it gives for `u`. */
  readonly gradient: NdArray;
  readonly where: string;
  /** Whether nothing is rounded. */
  readonly exact: boolean;
  /** Whether a gradient for `u` agrees with the numeric one, element by element, in no stricter mode than that. */
  agrees(gradient: NdArray, mode: Mode): boolean;
  /** Whether ⟨A·v, u⟩ is ⟨v, Aᵀ·u⟩. Absent where the operator is not affine in this input. */
  adjoint?(gradient: NdArray): boolean;
  /** At a kink: the derivatives that the rule does not take. */
  readonly otherSides?: readonly { readonly name: string; readonly pull: Pullback }[];
}

/** An operator, its attributes, and values of all its inputs. */
interface Staged {
  readonly op: AnyOp;
  readonly attributes: object;
  readonly inputs: { readonly [name: string]: NdArray };
}

/** The operator in a graph of its own, at a trial's values. */
export interface Stage {
  readonly bench: Workbench;
  /** What a rule is given: inputs, y and ct. */
  readonly values: { readonly [name: string]: Tensor };
}

export function stageOf({ op, attributes, inputs, u }: Staged & Pick<Trial, 'u'>): Stage {
  const bench = new Workbench();
  const tensors: { [name: string]: Tensor } = {};
  for (const [name, value] of Object.entries(inputs)) tensors[name] = bench.input(name, value);
  const y = bench.g.emit(op, tensors, attributes);
  return { bench, values: { ...tensors, y, ct: bench.input('ct', u) } };
}

/** Makes a pullback of a rule at a trial's values; refuses results of another type than the input's, as differentiation does. */
export function applyRule(trial: Staged & Pick<Trial, 'u' | 'key'>, rule: Rule<string, object>): Pullback {
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
  const program = bench.program({ result });
  return (u) => program({ ct: u }).result!;
}

/** The rule of an input, where there is one. */
export function ruleOf(op: AnyOp, key: string): Rule<string, object> | undefined {
  const rule = ruleFor(op, key);
  return typeof rule === 'function' ? rule : undefined;
}

/** Where an operator is tried in one case: everything follows from the seed. */
export interface Drawn extends Staged {
  readonly subject: Subject;
  readonly random: Random;
  /** Whether nothing is rounded. */
  readonly exact: boolean;
}

/** Draws the inputs of an operator in one case. */
export function drawnAt(op: AnyOp, { attributes, ...drawn }: Case<string, object>, seed: number): Drawn {
  const subject = subjectOf(op, { attributes, ...drawn });
  const random = new Random(seed, 'trial');
  const inputs = Object.fromEntries(
    subject.operands.map(({ name, type, draw }) => [name, drawPoint(type, draw, random.fork(name))]),
  );
  const exact = subject.dyadic && subject.operands.every(({ degree }) => degree !== 'smooth');
  return { op, attributes, inputs, subject, random, exact };
}

/** Trials of all differentiable inputs of an operator in one case. */
export function trialsOf(op: AnyOp, drawn: Case<string, object>, seed: number): Trial[] {
  const { attributes, inputs, subject, random, exact } = drawnAt(op, drawn, seed);
  const type = op.infer(inputs, attributes);
  if (!isFloat(type.dtype) || sizeOf(type.shape) === 0) return [];
  const u = drawCotangent(type, random.fork('u'));
  const { bench, values } = stageOf({ op, attributes, inputs, u });
  const program = bench.program({ y: values.y! });
  return subject.operands.flatMap(({ name, draw, degree }): Trial[] => {
    const rule = ruleOf(op, name);
    const at = inputs[name]!;
    if (rule === undefined || degree === undefined || sizeOf(at.shape) === 0) return [];
    const pull = remembered(applyRule({ op, key: name, attributes, inputs, u }, rule));
    const gradient = pull(u);
    const evaluate = (value: NdArray): NdArray => program({ [name]: value }).y!;
    const { condition } = subject;
    const line = { probe: { name, at, draw, degree }, condition, u, evaluate, exact };
    return [
      {
        op,
        key: name,
        attributes,
        inputs,
        u,
        exact,
        at,
        evaluate,
        pull,
        gradient,
        where: `${showSubject(subject)}, seed ${seed}`,
        agrees: elementsIn(line, gradient, random.fork(`direction ${name}`)),
        ...(degree === 1 ? { adjoint: adjointIn(line, random.fork(`adjoint ${name}`)) } : {}),
      },
    ];
  });
}

/** Judges ask a right rule, and what is made of its result, for the same rows of the Jacobian over and over. */
function remembered(pull: Pullback): Pullback {
  const known = new Map<string, NdArray>();
  return (u) => {
    const key = u.data.join();
    const gradient = known.get(key) ?? pull(u);
    known.set(key, gradient);
    return gradient;
  };
}
