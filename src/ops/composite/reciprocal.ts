import { div } from '../pointwise/div.ts';
import type { UnaryFunction } from '../pointwise/unary.ts';
import { typed } from '../typed.ts';

/** 1 / x. */
export const reciprocal: UnaryFunction = typed((x) => x.graph.scope('reciprocal', () => div(1, x)));
