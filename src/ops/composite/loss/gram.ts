import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { matmul } from '../../linear/matmul.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import { composite } from '../composite.ts';

/** How often every two channels meet. */
type GramShape<X extends Shape> = X extends readonly [infer N extends number, infer C extends number, ...Shape]
  ? readonly [N, C, C]
  : Shape;

/**
 * The Gram matrix of feature maps x[N,C,…] (operators.md 79): G[n,k,l] = Σ x[n,k,·] · x[n,l,·] over all places, [N,C,C].
 * It says which channels answer together and no longer where: the style of an image, in Gatys, Ecker and Bethge 2016.
 *
 * @throws GraphError `gram/rank` for x without a batch, channels and at least one axis of places.
 */
export const gram: <X extends Shape, D extends DType>(x: Tensor<X, D> & Float<D>) => Tensor<GramShape<X>, D> = typed(
  (x: Tensor) =>
    composite('gram', { x }, () => {
      if (x.shape.length < 3)
        fail(
          'gram/rank',
          `x[${x.shape}] has no places to sum over`,
          'give feature maps [batch, channels, height, width].',
        );
      const [batch, channels, ...places] = x.shape as readonly [number, number, ...Shape];
      const flat = reshape(x, [batch, channels, sizeOf(places)]) as Tensor;
      return matmul(flat, transpose(flat, [0, 2, 1]) as Tensor);
    }),
);
