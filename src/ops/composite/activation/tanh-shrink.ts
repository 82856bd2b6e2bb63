import { sub } from '../../pointwise/sub.ts';
import { tanh } from '../../pointwise/tanh.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** x − tanh x. */
export const tanhShrink: UnaryFunction = typed((x) => composite('tanhShrink', { x }, () => sub(x, tanh(x))));
