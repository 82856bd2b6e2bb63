import { mul } from '../../pointwise/mul.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { sigmoid } from './sigmoid.ts';

/** x · sigmoid(x), also called swish. */
export const silu: UnaryFunction = typed((x) => x.graph.scope('silu', () => mul(x, sigmoid(x))));
