import type { NdArray } from '../../graph/nd-array.ts';
import type { AnyOp } from '../../graph/op.ts';
import type { Type } from '../../graph/type.ts';
import { constantOp } from './constant.ts';
import { fullOp } from './full.ts';

/** An operator without inputs, and the attributes with which it makes a certain value. */
export interface Literal {
  readonly op: AnyOp;
  readonly attributes: object;
}

/** How a pass writes numbers into a graph without knowing an operator by name. */
export interface Literals {
  /** Every element is `value`. */
  uniform(type: Type, value: number): Literal;
  /** Each element as given. */
  table(value: NdArray): Literal;
}

/** Literals by the shipped operators. */
export const literals: Literals = {
  uniform: ({ dtype, shape }, value) => ({ op: fullOp, attributes: { dtype, shape: [...shape], value } }),
  table: ({ dtype, shape, data }) => ({
    op: constantOp,
    attributes: { dtype, shape: [...shape], data: Array.from(data) },
  }),
};
