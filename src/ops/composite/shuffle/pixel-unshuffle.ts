import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { PixelUnshuffleShape } from '../../types/shuffle-shape.ts';
import { composite } from '../composite.ts';
import { checkShuffleRank } from './depth-to-space.ts';
import { toDepth } from './move-blocks.ts';

/**
 * x[…, C, r·H, r·W] as […, C·r², H, W]: undoes {@link pixelShuffle}, as PyTorch's pixel_unshuffle (operators.md 41).
 *
 * @throws GraphError `shuffle/size` when r does not divide height or width, `shuffle/rank` below rank 3.
 */
export const pixelUnshuffle: <X extends Shape, D extends DType, const R extends number>(
  x: Tensor<X, D> & Fits<PixelUnshuffleShape<X, R>>,
  factor: R,
) => Tensor<Sized<PixelUnshuffleShape<X, R>>, D> = typed((x: Tensor, factor: number) =>
  composite('pixelUnshuffle', { x }, () => {
    checkShuffleRank(x, 3);
    return toDepth(x, x.shape.length - 3, { block: factor });
  }),
);
