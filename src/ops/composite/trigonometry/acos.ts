import { sub } from '../../pointwise/sub.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { asin } from './asin.ts';

/** The inverse cosine in radians: between 0 and π, NaN beyond ±1. Its derivatives at ±1, which are infinite, are taken as −1. */
export const acos: UnaryFunction = typed((x) => composite('acos', { x }, () => sub(Math.PI / 2, asin(x))));
