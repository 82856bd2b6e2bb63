import { add } from '../../pointwise/add.ts';
import { greaterEqual } from '../../pointwise/compare.ts';
import { exp } from '../../pointwise/exp.ts';
import { log1p } from '../../pointwise/log1p.ts';
import { neg } from '../../pointwise/neg.ts';
import { select } from '../../pointwise/select.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';

/** ln(1 + e^x), without overflow. */
export const softplus: UnaryFunction = typed((x) =>
  x.graph.scope('softplus', () => {
    const right = greaterEqual(x, 0);
    return add(select(right, x, 0), log1p(exp(select(right, neg(x), x))));
  }),
);
