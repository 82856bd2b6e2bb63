import { type DType, dtypes, isFloat } from './dtype.ts';
import { fail } from './error.ts';
import type { Node } from './graph.ts';
import type { AnyOp, OpSpec } from './op.ts';
import type { Shape } from './shape.ts';
import { showType, type Type } from './type.ts';

/** Who provides the value: the caller on every run, or the executable, which keeps it between runs. */
export type Role = 'input' | 'parameter' | 'state';
export const roles: readonly Role[] = ['input', 'parameter', 'state'];

export interface InputAttributes {
  readonly name: string;
  readonly role: Role;
  readonly dtype: DType;
  readonly shape: Shape;
}

const noKernel = ({ name }: InputAttributes): never =>
  fail('run/leaf', `input '${name}' has no kernel`, 'feed it when running the graph.');

const spec: OpSpec<never, object> = {
  doc: 'A named value from outside: fed on every run (input), or kept by the executable (parameter, state).',
  infer: (_, attributes) => inputType(attributes as InputAttributes),
  kernel: (_, attributes) => noKernel(attributes as InputAttributes),
  vjp: {},
  degree: {},
  cases: (fc) => fc.constant({ types: {}, attributes: { name: 'x', role: 'input', dtype: 'f64', shape: [2] } }),
  flops: () => 0,
  example: (g) => g.input('x', { dtype: 'f64', shape: [2] }),
};

/**
 * A graph's leaf. The one operator that the graph itself knows: it computes nothing.
 * A function like all operators: immer drafts and copies plain objects, and a copy would not be this operator any more.
 */
export const input: AnyOp = Object.freeze(
  Object.defineProperty(Object.assign(noKernel, spec), 'name', { value: 'input' }),
);

export const isInput = (node: Node): boolean => node.op === input;

/** The attributes of an input node. */
export const inputAttributes = (node: Node): InputAttributes => node.attributes as InputAttributes;

function inputType({ name, role, dtype, shape }: InputAttributes): Type {
  if (typeof name !== 'string' || !/^[A-Za-z_][\w.\-/]*$/.test(name) || name === '__proto__')
    fail('input/name', `'${name}' cannot name an input`, 'use letters, digits, _ . - and /, beginning with a letter.');
  if (!roles.includes(role)) fail('input/role', `unknown role '${role}'`, `use one of ${roles.join(', ')}.`);
  if (!dtypes.includes(dtype)) fail('input/dtype', `unknown dtype '${dtype}'`, `use one of ${dtypes.join(', ')}.`);
  if (!Array.isArray(shape) || !shape.every((d) => Number.isSafeInteger(d) && d >= 0))
    fail('input/shape', `[${shape}] is not a shape`, 'give non-negative whole dimensions.');
  if (role !== 'input' && !isFloat(dtype) && role === 'parameter')
    fail('input/parameter', `parameter '${name}' is ${showType({ dtype, shape })}`, 'make parameters f32 or f64.');
  return { dtype, shape };
}
