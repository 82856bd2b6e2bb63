import { expm1 } from '../../pointwise/expm1.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import { sub } from '../../pointwise/sub.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** The hyperbolic sine, exact near 0. */
export const sinh: UnaryFunction = typed((x) => composite('sinh', { x }, () => mul(sub(expm1(x), expm1(neg(x))), 0.5)));
