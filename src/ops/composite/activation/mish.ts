import { mul } from '../../pointwise/mul.ts';
import { tanh } from '../../pointwise/tanh.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { softplus } from './softplus.ts';

/** x · tanh(ln(1 + e^x)). */
export const mish: UnaryFunction = typed((x) => composite('mish', { x }, () => mul(x, tanh(softplus(x)))));
