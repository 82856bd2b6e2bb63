import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { SpaceToDepthShape } from '../../types/shuffle-shape.ts';
import { composite } from '../composite.ts';
import type { PerAxis } from '../per-axis.ts';
import { checkShuffleRank } from './depth-to-space.ts';
import { type BlockOptions, toDepth } from './move-blocks.ts';

/**
 * x[N, C, …] with every place of a block made a channel: [N, C·Πr, …/r], r = `block` (operators.md 41). Undoes
 * {@link depthToSpace} of the same order.
 *
 * @throws GraphError `shuffle/size` when the blocks do not divide a spatial axis, `shuffle/rank` without spatial axes.
 */
export const spaceToDepth: <X extends Shape, D extends DType, const Block extends PerAxis>(
  x: Tensor<X, D> & Fits<SpaceToDepthShape<X, Block>>,
  options: BlockOptions<Block>,
) => Tensor<Sized<SpaceToDepthShape<X, Block>>, D> = typed((x: Tensor, options: BlockOptions) =>
  composite('spaceToDepth', { x }, () => {
    checkShuffleRank(x, 3);
    return toDepth(x, 1, options);
  }),
);
