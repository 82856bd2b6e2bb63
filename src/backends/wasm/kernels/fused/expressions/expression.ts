import type { DType } from '../../../../../graph/dtype.ts';
import type { Lanes } from '../lanes.ts';

/** What an expression may know of the node. */
export interface Site {
  /** The dtype of the first operand. */
  readonly from: DType;
  /** The dtype of the result. */
  readonly to: DType;
  readonly attributes: object;
  /** Operands that are one number in every element. */
  readonly uniform: readonly (number | undefined)[];
}

/** The code of a pointwise operator. */
export interface Expression {
  /** The operator's inputs in the order in which their values are pushed. */
  readonly inputs: readonly string[];
  /** Puts the result in the operands' place on the stack. */
  emit(lanes: Lanes, site: Site): void;
}
