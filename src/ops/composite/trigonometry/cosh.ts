import { add } from '../../pointwise/add.ts';
import { exp } from '../../pointwise/exp.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** The hyperbolic cosine. */
export const cosh: UnaryFunction = typed((x) => composite('cosh', { x }, () => mul(add(exp(x), exp(neg(x))), 0.5)));
