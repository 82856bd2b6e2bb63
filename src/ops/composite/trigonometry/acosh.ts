import { add } from '../../pointwise/add.ts';
import { log1p } from '../../pointwise/log1p.ts';
import { mul } from '../../pointwise/mul.ts';
import { sqrt } from '../../pointwise/sqrt.ts';
import { sub } from '../../pointwise/sub.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** The inverse hyperbolic cosine, exact near 1; NaN below 1. Its derivative at 1, which is infinite, is taken as 0. */
export const acosh: UnaryFunction = typed((x) =>
  composite('acosh', { x }, () => {
    const above = sub(x, 1);
    return log1p(add(above, sqrt(mul(above, add(x, 1)))));
  }),
);
