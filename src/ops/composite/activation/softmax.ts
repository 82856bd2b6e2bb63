import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { stopGradient } from '../../control/stop-gradient.ts';
import { frontDoor } from '../../front-door.ts';
import { div } from '../../pointwise/div.ts';
import { exp } from '../../pointwise/exp.ts';
import { sub } from '../../pointwise/sub.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import { sum } from '../../reduce/sum.ts';
import type { Fits } from '../../types/fits.ts';
import type { AlongAxis } from '../../types/reduce-shape.ts';
import { max } from '../reduce/max.ts';

/** e^x / Σ e^x along an axis, without overflow. */
export const softmax: <S extends Shape, D extends DType, A extends number>(
  x: Tensor<S, D> & Fits<AlongAxis<S, A>>,
  axis: A,
) => Tensor<S, D> = frontDoor('softmax', ['x'], (x: Tensor, axis: number) =>
  x.graph.scope('softmax', () => {
    if (x.shape[normalizeAxis(x, axis)] === 0) return x;
    const over = { axes: axis, keepDims: true };
    // The result does not depend on what is subtracted, so no gradient need flow there.
    const e = exp(sub(x, stopGradient(max(x, over))));
    return div(e, sum(e, over));
  }),
);
