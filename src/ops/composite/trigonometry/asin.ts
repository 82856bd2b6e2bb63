import { add } from '../../pointwise/add.ts';
import { atan } from '../../pointwise/atan.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { sqrt } from '../../pointwise/sqrt.ts';
import { sub } from '../../pointwise/sub.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** The inverse sine in radians; NaN beyond ±1. Its derivatives at ±1, which are infinite, are taken as 1. */
export const asin: UnaryFunction = typed((x) =>
  composite('asin', { x }, () => mul(atan(div(x, add(sqrt(mul(sub(1, x), add(x, 1))), 1))), 2)),
);
