import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { heldBetween } from './hard-tanh.ts';

/** x held between 0 and 6. Its derivatives at both are taken as 0. */
export const relu6: UnaryFunction = typed((x) => composite('relu6', { x }, () => heldBetween(x, 0, 6)));
