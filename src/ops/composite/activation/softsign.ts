import { abs } from '../../pointwise/abs.ts';
import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** x / (1 + |x|). Its derivative at 0 is 1; the second one, which jumps there, is taken as 0. */
export const softsign: UnaryFunction = typed((x) => composite('softsign', { x }, () => div(x, add(abs(x), 1))));
