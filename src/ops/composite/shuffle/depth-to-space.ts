import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { refuse } from '../../refuse.ts';
import { typed } from '../../typed.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { DepthToSpaceShape } from '../../types/shuffle-shape.ts';
import { composite } from '../composite.ts';
import type { PerAxis } from '../per-axis.ts';
import { type BlockOptions, toSpace } from './move-blocks.ts';

/**
 * x[N, C·Πr, …] with its channels spread over blocks of space: [N, C, r·…], r = `block` (operators.md 40, 41). A
 * permutation; {@link spaceToDepth} of the same order undoes it. Works over any number of spatial axes and on any dtype.
 * {@link ShuffleOrder} shows which channel goes where.
 *
 * @throws GraphError `shuffle/channels` when the blocks do not divide the channels, `shuffle/rank` without spatial axes.
 */
export const depthToSpace: <X extends Shape, D extends DType, const Block extends PerAxis>(
  x: Tensor<X, D> & Fits<DepthToSpaceShape<X, Block>>,
  options: BlockOptions<Block>,
) => Tensor<Sized<DepthToSpaceShape<X, Block>>, D> = typed((x: Tensor, options: BlockOptions) =>
  composite('depthToSpace', { x }, () => {
    checkShuffleRank(x, 3);
    return toSpace(x, 1, options);
  }),
);

/** Refuses x without axes to shuffle. */
export function checkShuffleRank(x: Tensor, rank: number): void {
  if (x.shape.length < rank)
    refuse(
      'shuffle/rank',
      { x: `[${x.shape}]`, rank },
      'give x the axes it lacks: a batch, channels, and at least one spatial axis.',
    );
}
