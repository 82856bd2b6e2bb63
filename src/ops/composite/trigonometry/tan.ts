import { cos } from '../../pointwise/cos.ts';
import { div } from '../../pointwise/div.ts';
import { sin } from '../../pointwise/sin.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** The tangent of radians; huge near odd multiples of π/2. */
export const tan: UnaryFunction = typed((x) => composite('tan', { x }, () => div(sin(x), cos(x))));
