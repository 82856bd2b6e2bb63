import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { showType } from '../../graph/type.ts';
import { normalizeAxes } from '../reduce/axes.ts';
import { reshape } from '../shape/reshape.ts';

/**
 * x without the given axes, which have size 1.
 *
 * @throws CotangentError `squeeze/size` where one of them is larger.
 */
export function squeeze<D extends DType>(x: Tensor<Shape, D>, axes: number | readonly number[]): Tensor<Shape, D> {
  const gone = normalizeAxes(x, axes);
  for (const axis of gone)
    if (x.shape[axis] !== 1)
      fail('squeeze/size', `axis ${axis} of ${showType(x)} has size ${x.shape[axis]}`, 'squeeze axes of size 1 only.');
  return reshape(
    x,
    x.shape.filter((_, k) => !gone.includes(k)),
  );
}
