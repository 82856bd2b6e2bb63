import { fail } from '../../graph/error.ts';
import { nondiff, type Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { typed } from '../typed.ts';
import type { Broadcast, Broadcasted } from '../types/broadcast.ts';
import type { SameDType } from '../types/dtypes.ts';
import type { Fits } from '../types/fits.ts';
import type { DTypeOf, Operand, ShapeOf } from '../types/operand.ts';
import { align } from './align.ts';
import { numbers, pairs } from './cases.ts';
import { not } from './not.ts';
import { sameTypes } from './same-type.ts';

/** Less, less or equal, greater, greater or equal, equal. "Not equal" is the negation of the last. */
export interface Comparison {
  readonly kind: 'lt' | 'le' | 'gt' | 'ge' | 'eq';
}

const onnxNames = { lt: 'Less', le: 'LessOrEqual', gt: 'Greater', ge: 'GreaterOrEqual', eq: 'Equal' } as const;
const kinds: readonly Comparison['kind'][] = ['lt', 'le', 'gt', 'ge', 'eq'];

/** The record behind `less`, `lessEqual`, `greater`, `greaterEqual` and `equal`. */
export const compareOp: Op<'a' | 'b', Comparison> = defineOp('compare', {
  doc: 'A mask: whether a < b (lt), ≤ (le), > (gt), ≥ (ge) or = (eq), element by element. NaN compares false.',
  infer: (types, { kind }) => {
    if (!kinds.includes(kind)) fail('compare/kind', `unknown comparison '${kind}'`, `use one of ${kinds.join(', ')}.`);
    return { dtype: 'bool', shape: sameTypes(types).shape };
  },
  kernel: ({ a: { data: a }, b: { data: b } }, { kind }, { data: y }) => {
    if (kind === 'lt') for (let i = 0; i < y.length; i++) y[i] = a[i]! < b[i]! ? 1 : 0;
    if (kind === 'le') for (let i = 0; i < y.length; i++) y[i] = a[i]! <= b[i]! ? 1 : 0;
    if (kind === 'gt') for (let i = 0; i < y.length; i++) y[i] = a[i]! > b[i]! ? 1 : 0;
    if (kind === 'ge') for (let i = 0; i < y.length; i++) y[i] = a[i]! >= b[i]! ? 1 : 0;
    if (kind === 'eq') for (let i = 0; i < y.length; i++) y[i] = a[i]! === b[i]! ? 1 : 0;
  },
  vjp: { a: nondiff('a mask has no tangents'), b: nondiff('a mask has no tangents') },
  degree: {},
  cases: (fc) =>
    fc
      .tuple(pairs(numbers)(fc), fc.constantFrom(...kinds))
      .map(([{ types }, kind]) => ({ types, attributes: { kind } })),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: ({ kind }) => ({ op: onnxNames[kind], attributes: {} }),
  example: (g) => less(g.input('a', f64(2, 3)), g.input('b', f64(2, 3))),
});

/** A function of two tensors of one dtype to a mask, broadcasting like NumPy; a number stands for a tensor full of it. */
export type CompareFunction = <A extends Operand, B extends Operand>(
  a: A,
  b: B & SameDType<DTypeOf<A>, DTypeOf<B>> & Fits<Broadcast<ShapeOf<A>, ShapeOf<B>>>,
) => Tensor<Broadcasted<ShapeOf<A>, ShapeOf<B>>, 'bool'>;

const comparison = (kind: Comparison['kind']): CompareFunction =>
  frontDoor('compare', ['a', 'b'], (a, b) => compareOp(align(kind, a, b), { kind }));

/** a < b. */
export const less: CompareFunction = comparison('lt');
/** a ≤ b. */
export const lessEqual: CompareFunction = comparison('le');
/** a > b. */
export const greater: CompareFunction = comparison('gt');
/** a ≥ b. */
export const greaterEqual: CompareFunction = comparison('ge');
/** a = b. */
export const equal: CompareFunction = comparison('eq');
/** a ≠ b: the negation of `equal`, so NaN differs from everything. */
export const notEqual: CompareFunction = typed((a, b) => not(equal(a, b)));
