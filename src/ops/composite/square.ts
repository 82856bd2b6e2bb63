import { mul } from '../pointwise/mul.ts';
import type { UnaryFunction } from '../pointwise/unary.ts';
import { typed } from '../typed.ts';

/** x². */
export const square: UnaryFunction = typed((x) => x.graph.scope('square', () => mul(x, x)));
