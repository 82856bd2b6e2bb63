import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { stopGradient } from '../../control/stop-gradient.ts';
import { frontDoor } from '../../front-door.ts';
import { exp } from '../../pointwise/exp.ts';
import { log } from '../../pointwise/log.ts';
import { sub } from '../../pointwise/sub.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import { sum } from '../../reduce/sum.ts';
import type { Fits } from '../../types/fits.ts';
import type { AlongAxis } from '../../types/reduce-shape.ts';
import { max } from '../reduce/max.ts';

/** x − ln Σ e^x along an axis, without overflow: the logarithm of `softmax`. */
export const logSoftmax: <S extends Shape, D extends DType, A extends number>(
  x: Tensor<S, D> & Fits<AlongAxis<S, A>>,
  axis: A,
) => Tensor<S, D> = frontDoor('logSoftmax', ['x'], (x: Tensor, axis: number) =>
  x.graph.scope('logSoftmax', () => {
    if (x.shape[normalizeAxis(x, axis)] === 0) return x;
    const over = { axes: axis, keepDims: true };
    const shifted = sub(x, stopGradient(max(x, over)));
    return sub(shifted, log(sum(exp(shifted), over)));
  }),
);
