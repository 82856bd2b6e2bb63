import { add } from '../../pointwise/add.ts';
import { greaterEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { log1p } from '../../pointwise/log1p.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import { select } from '../../pointwise/select.ts';
import { sqrt } from '../../pointwise/sqrt.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** The inverse hyperbolic sine, exact near 0 and far out. */
export const asinh: UnaryFunction = typed((x) =>
  composite('asinh', { x }, () => {
    // Both halves are the same smooth function, so derivatives at 0 come out right; those of |x| would not.
    const right = greaterEqual(x, 0);
    const size = select(right, x, neg(x));
    const square = mul(size, size);
    const half = log1p(add(size, div(square, add(sqrt(add(square, 1)), 1))));
    return select(right, half, neg(half));
  }),
);
