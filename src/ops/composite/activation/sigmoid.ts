import { add } from '../../pointwise/add.ts';
import { greaterEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { exp } from '../../pointwise/exp.ts';
import { neg } from '../../pointwise/neg.ts';
import { select } from '../../pointwise/select.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';

/** 1 / (1 + e^−x), exact in both tails: nothing overflows, and small values keep their digits. */
export const sigmoid: UnaryFunction = typed((x) =>
  x.graph.scope('sigmoid', () => {
    const right = greaterEqual(x, 0);
    // Both halves are the same smooth function, so derivatives at 0 come out right; those of |x| would not.
    const e = exp(select(right, neg(x), x));
    return div(select(right, 1, e), add(e, 1));
  }),
);
