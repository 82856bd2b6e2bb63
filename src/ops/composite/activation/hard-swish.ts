import { add } from '../../pointwise/add.ts';
import { greaterEqual, lessEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import type { UnaryFunction } from '../../pointwise/unary.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** x · (x + 3) / 6 between −3 and 3, 0 below and x above. Its derivatives at −3 and 3 are taken as 0 and 1, those outside. */
export const hardSwish: UnaryFunction = typed((x) =>
  composite('hardSwish', { x }, () => {
    const middle = div(mul(x, add(x, 3)), 6);
    return select(lessEqual(x, -3), 0, select(greaterEqual(x, 3), x, middle));
  }),
);
