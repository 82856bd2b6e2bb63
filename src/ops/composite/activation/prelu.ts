import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { greater } from '../../pointwise/compare.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { reshape } from '../../shape/reshape.ts';
import { typed } from '../../typed.ts';
import type { SameDType } from '../../types/dtypes.ts';
import { composite } from '../composite.ts';

/**
 * x where it is positive, slope · x elsewhere. A slope [1] or [C] goes with the channels of x [N, C, …], as in PyTorch; one of
 * another rank broadcasts to x like NumPy, as in ONNX. The derivative at 0 is taken as the slope.
 *
 * @throws GraphError `prelu/slope` for a slope [K] with another K than 1 or C.
 */
export const prelu: <S extends Shape, D extends DType, T extends Shape, E extends DType>(
  x: Tensor<S, D>,
  slope: Tensor<T, E> & SameDType<D, E>,
) => Tensor<S, D> = typed((x: Tensor, slope: Tensor) =>
  composite('prelu', { x, slope }, () => select(greater(x, 0), x, mul(x, perChannel(x, slope)))),
);

function perChannel(x: Tensor, slope: Tensor): Tensor {
  const [count] = slope.shape;
  if (slope.shape.length !== 1 || count === 1) return slope;
  const channels = x.shape[1] ?? 1;
  if (count !== channels)
    fail(
      'prelu/slope',
      `the slope is ${showType(slope)}; x has ${channels} channels`,
      'give one slope, or one per channel (axis 1).',
    );
  return reshape(slope, [channels, ...x.shape.slice(2).map(() => 1)]);
}
