import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { PixelShuffleShape } from '../../types/shuffle-shape.ts';
import { composite } from '../composite.ts';
import { checkShuffleRank } from './depth-to-space.ts';
import { toSpace } from './move-blocks.ts';

/**
 * x[…, C·r², H, W] as […, C, r·H, r·W], whatever stands before the channels: PyTorch's pixel_shuffle, and
 * {@link depthToSpace} in the order `crd` (operators.md 40).
 *
 * @throws GraphError `shuffle/channels` when r² does not divide the channels, `shuffle/rank` below rank 3.
 */
export const pixelShuffle: <X extends Shape, D extends DType, const R extends number>(
  x: Tensor<X, D> & Fits<PixelShuffleShape<X, R>>,
  factor: R,
) => Tensor<Sized<PixelShuffleShape<X, R>>, D> = typed((x: Tensor, factor: number) =>
  composite('pixelShuffle', { x }, () => {
    checkShuffleRank(x, 3);
    return toSpace(x, x.shape.length - 3, { block: factor });
  }),
);
