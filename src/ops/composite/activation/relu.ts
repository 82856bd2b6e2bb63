import { lessEqual } from '../../pointwise/compare.ts';
import { select } from '../../pointwise/select.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';

/** x where it is positive, 0 elsewhere; NaN stays. Its derivative at 0 is taken as 0. */
export const relu: UnaryFunction = typed((x) => x.graph.scope('relu', () => select(lessEqual(x, 0), 0, x)));
