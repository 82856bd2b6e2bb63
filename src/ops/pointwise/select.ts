import { fail } from '../../graph/error.ts';
import { type Op, zero } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sameShape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { bool, f64, sameType, showType } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { broadcastTo } from '../shape/broadcast.ts';
import { broadcastShapes } from '../shape/broadcast-shapes.ts';
import type { Broadcast3, Broadcasted } from '../types/broadcast.ts';
import type { SameDType } from '../types/dtypes.ts';
import type { Fits } from '../types/fits.ts';
import type { DTypeOf, Operand, ShapeOf } from '../types/operand.ts';
import { align } from './align.ts';
import { numbers, pairs } from './cases.ts';

/** The record of `select`. */
export const selectOp: Op<'condition' | 'a' | 'b'> = defineOp('select', {
  doc: 'a where the mask `condition` holds, b elsewhere; all of one shape.',
  infer: ({ condition, a, b }) => {
    if (condition.dtype !== 'bool')
      fail(
        'select/condition',
        `the condition is ${showType(condition)}, not a mask`,
        'compare it with something first.',
      );
    if (!sameType(a, b) || !sameShape(condition.shape, a.shape))
      fail(
        'select/types',
        `${showType(condition)} cannot choose between ${showType(a)} and ${showType(b)}`,
        'bring all three to one shape and both alternatives to one dtype.',
      );
    return a;
  },
  kernel: ({ condition: { data: condition }, a: { data: a }, b: { data: b } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = condition[i] === 0 ? b[i]! : a[i]!;
  },
  vjp: {
    condition: zero('which one is chosen is constant between switches'),
    a: ({ condition, ct }) => select(condition, ct, 0),
    b: ({ condition, ct }) => select(condition, 0, ct),
  },
  degree: { a: 1, b: 1 },
  simplify: ({ condition, a, b }) => {
    if (condition.uniform !== undefined) return condition.uniform === 0 ? b : a;
    return a === b ? a : undefined;
  },
  cases: (fc) =>
    pairs(numbers)(fc).map(({ types: { a, b } }) => ({
      types: { condition: { dtype: 'bool', shape: a.shape }, a, b },
      attributes: {},
    })),
  reach: eachElement,
  flops: () => 0,
  onnx: () => ({ op: 'Where', attributes: {} }),
  example: (g) => select(g.input('condition', bool(2, 3)), g.input('a', f64(2, 3)), g.input('b', f64(2, 3))),
});

/** Chooses by a mask, broadcasting like NumPy; one alternative may be a number. */
export type SelectFunction = <C extends Tensor, A extends Operand, B extends Operand>(
  condition: C,
  a: A,
  b: B & SameDType<DTypeOf<A>, DTypeOf<B>> & Fits<Broadcast3<ShapeOf<A>, ShapeOf<B>, ShapeOf<C>>>,
) => Tensor<Broadcasted<ShapeOf<C>, Broadcasted<ShapeOf<A>, ShapeOf<B>>>, DTypeOf<A> & DTypeOf<B>>;

/** `a` where `condition` holds, `b` elsewhere. The gradient flows to the chosen alternative only. */
export const select: SelectFunction = frontDoor('select', ['condition', 'a', 'b'], (condition, first, second) => {
  const { a, b } = align('select', first, second);
  const shape = broadcastShapes(condition, a);
  return selectOp({ condition: broadcastTo(condition, shape), a: broadcastTo(a, shape), b: broadcastTo(b, shape) }, {});
});
