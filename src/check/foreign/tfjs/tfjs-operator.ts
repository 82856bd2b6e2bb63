import type { Expression } from '../expression.ts';
import type { ForeignOperator } from '../foreign-operator.ts';

/** An operator of tfjs; tensors are channels-last, as tfjs has them. */
export interface TfjsOperator<A extends object = object> extends ForeignOperator<A> {
  /** The call. */
  call(attributes: A): Expression;
  /** For second order: the function is the gradient for this input, which has `ct` as a further input. */
  readonly gradientFor?: string;
  /** The input whose gradient is to be differentiated again. */
  readonly twice?: string;
}
