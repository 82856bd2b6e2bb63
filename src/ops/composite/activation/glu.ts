import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { mul } from '../../pointwise/mul.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import { refuse } from '../../refuse.ts';
import { typed } from '../../typed.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { HalvedShape } from '../../types/halved-shape.ts';
import { composite } from '../composite.ts';
import { split } from '../split.ts';
import { sigmoid } from './sigmoid.ts';

/**
 * The first half of x along an axis (the last unless given) times the sigmoid of the second.
 *
 * @throws GraphError `glu/odd` where the axis has no halves.
 */
export const glu: <S extends Shape, D extends DType, A extends number = -1>(
  x: Tensor<S, D> & Fits<HalvedShape<S, A>>,
  axis?: A,
) => Tensor<Sized<HalvedShape<S, A>>, D> = typed((x: Tensor, given?: number) =>
  composite('glu', { x }, () => {
    const axis = given ?? -1;
    const at = normalizeAxis(x, axis);
    const size = x.shape[at]!;
    if (size % 2 !== 0) refuse('glu/odd', { x: x.shape, axis, size }, 'give the axis an even size.');
    const [value, gate] = split(x, [size / 2, size / 2], at) as Tensor[];
    return mul(value!, sigmoid(gate!));
  }),
);
