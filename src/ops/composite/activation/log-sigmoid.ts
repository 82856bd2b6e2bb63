import { neg } from '../../pointwise/neg.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { softplus } from './softplus.ts';

/** ln(1 / (1 + e^−x)), without overflow. */
export const logSigmoid: UnaryFunction = typed((x) => composite('logSigmoid', { x }, () => neg(softplus(neg(x)))));
