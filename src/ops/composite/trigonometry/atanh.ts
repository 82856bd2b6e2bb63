import { log1p } from '../../pointwise/log1p.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import { sub } from '../../pointwise/sub.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** The inverse hyperbolic tangent, exact near 0; infinite at ±1, NaN beyond. */
export const atanh: UnaryFunction = typed((x) =>
  composite('atanh', { x }, () => mul(sub(log1p(x), log1p(neg(x))), 0.5)),
);
