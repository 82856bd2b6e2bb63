import type { GraphBuilder } from '../graph/builder.ts';
import { isFloat } from '../graph/dtype.ts';
import { CotangentError } from '../graph/error.ts';
import { type AnyOp, type Case, type Degree, type Draw, ruleFor, stemOf } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';
import { showType, type Type } from '../graph/type.ts';
import type { Branch } from './branch.ts';
import { defaultDraw } from './draw.ts';
import type { Mode } from './gradcheck-error.ts';

/** One input of what is checked. */
interface Operand {
  readonly name: string;
  readonly type: Type;
  readonly draw: Draw;
  /** Absent for inputs that are held still: indices, masks, whatever has no rule. */
  readonly degree?: Degree;
}

/** A function to be differentiated: an operator in one geometry, or any composite. */
export interface Subject {
  readonly name: string;
  readonly operands: readonly Operand[];
  /** Whether its own constants are dyadic, so that nothing is ever rounded on dyadic inputs. */
  readonly dyadic: boolean;
  /** How much larger rounding errors are than the size of the result suggests; 1 for most. */
  readonly condition: number;
  /** The attributes, for messages. */
  readonly attributes: object;
  /** What it says itself of the piece that its inputs are on. */
  readonly branch?: Branch;
  build(operands: { readonly [name: string]: Tensor }, g: GraphBuilder): Tensor;
}

/** An operator in one geometry. Derivatives are taken in f64 wherever the operator accepts it. */
export function subjectOf(op: AnyOp, drawn: Case<string, object>): Subject {
  const types = inDouble(op, drawn);
  return {
    name: op.name,
    operands: Object.entries(types).map(([name, type]) => operandOf(op, name, type, drawn.draw?.[name])),
    dyadic: isDyadic(drawn.attributes) && op.rounds?.(types, drawn.attributes) !== true,
    condition: drawn.condition ?? 1,
    attributes: drawn.attributes,
    build: (operands, g) => g.emit(op, operands, drawn.attributes),
  };
}

/** The subject with no more asked of it than `mode` says. */
export function inMode(mode: Mode, subject: Subject): Subject {
  if (mode === 'exact') return subject;
  if (mode === 'bounded') return { ...subject, dyadic: false };
  const operands = subject.operands.map((operand) =>
    operand.degree === undefined ? operand : { ...operand, degree: 'smooth' as const },
  );
  return { ...subject, operands, dyadic: false };
}

/** The degree that an operator declares for an input, variadic ones by their stem. */
export const degreeOf = (op: AnyOp, name: string): Degree | undefined => op.degree[name] ?? op.degree[stemOf(name)];

function operandOf(op: AnyOp, name: string, type: Type, draw = defaultDraw(type)): Operand {
  if (!isFloat(type.dtype) || typeof ruleFor(op, name) !== 'function') return { name, type, draw };
  const degree = degreeOf(op, name);
  if (degree === undefined)
    throw new CotangentError({
      code: 'gradcheck/degree',
      summary: `${op.name} has a rule for '${name}' but declares no degree in it`,
      fix: `add degree: { ${name}: … } to its record, a polynomial degree or 'smooth'.`,
    });
  return { name, type, draw, degree };
}

/** The case's types with f64 in place of f32, unless the operator refuses them. */
function inDouble(op: AnyOp, { types, attributes }: Case<string, object>): { readonly [name: string]: Type } {
  const doubled = Object.fromEntries(
    Object.entries(types).map(([name, { dtype, shape }]) => [name, { dtype: dtype === 'f32' ? 'f64' : dtype, shape }]),
  );
  try {
    op.infer(doubled, attributes);
    return doubled;
  } catch (error) {
    if (error instanceof CotangentError) return types;
    throw error;
  }
}

/** Whether every number in plain data is a multiple of 2⁻¹⁶ of moderate size. */
function isDyadic(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value * 65536) && Math.abs(value) <= 65536;
  return typeof value !== 'object' || value === null || Object.values(value).every(isDyadic);
}

/** `x f64[1,1,2]  w f64[1,1,1]  {"stride":2}`. */
export const showSubject = ({ operands, attributes }: Subject): string =>
  [...operands.map(({ name, type }) => `${name} ${showType(type)}`), JSON.stringify(attributes)].join('  ');
