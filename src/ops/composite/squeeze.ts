import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { frontDoor } from '../front-door.ts';
import { type Axis, normalizeAxes } from '../reduce/axes.ts';
import { refuse } from '../refuse.ts';
import { reshape } from '../shape/reshape.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { SqueezeShape } from '../types/squeeze-shape.ts';

/**
 * x without the given axes, which have size 1.
 *
 * @throws CotangentError `squeeze/size` where one of them is larger.
 */
export const squeeze: <S extends Shape, D extends DType, const A extends Axis>(
  x: Tensor<S, D> & Fits<SqueezeShape<S, A>>,
  axes: A,
) => Tensor<Sized<SqueezeShape<S, A>>, D> = frontDoor('squeeze', ['x'], (x: Tensor, axes: Axis) => {
  const gone = normalizeAxes(x, axes);
  for (const axis of gone)
    if (x.shape[axis] !== 1)
      refuse('squeeze/size', { axis, x: x.shape, size: x.shape[axis]! }, 'squeeze axes of size 1 only.');
  return reshape(
    x,
    x.shape.filter((_, k) => !gone.includes(k)),
  );
});
