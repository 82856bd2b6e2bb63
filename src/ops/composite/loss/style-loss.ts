import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { sum } from '../../reduce/sum.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { square } from '../square.ts';
import { gram } from './gram.ts';

/** How much each layer counts. */
export interface StyleLossOptions {
  /** One weight per layer; all alike, with a sum of 1, unless given. */
  readonly weights?: readonly number[];
}

/**
 * Σ w_l / (4 K_l²) · Σ (G_l / I_l J_l − A_l / I'_l J'_l)² over layers l (operators.md 79): G_l the {@link gram} matrix of the
 * features x_l[N,K,I,J], A_l that of the style's features [1 or N,K,I',J']. Each is divided by its own number of places,
 * so that the style may have another size than the image; where they are the same this is Gatys' 1 / (2 I J K)².
 *
 * @throws GraphError `style-loss/layers` when x and style are not as many layers of the same channels, or the weights are
 * not one finite number for each.
 */
export const styleLoss: <D extends DType>(
  x: readonly Tensor<Shape, D>[],
  style: readonly Tensor<Shape, D>[],
  options?: StyleLossOptions,
) => Tensor<[], D> = typed((x: readonly Tensor[], style: readonly Tensor[], options: StyleLossOptions = {}) => {
  const { weights = x.map(() => 1 / x.length) } = options;
  const fits =
    x.length > 0 &&
    style.length === x.length &&
    weights.length === x.length &&
    weights.every(Number.isFinite) &&
    x.every(({ shape }, k) => shape[1] === style[k]!.shape[1]);
  if (!fits) {
    const show = (layers: readonly Tensor[]): string => layers.map(({ shape }) => `[${shape}]`).join(' ');
    fail(
      'style-loss/layers',
      `the layers ${show(x)}, those of the style ${show(style)} and ${weights.length} weights do not belong together`,
      'give features of the same layers of one net for both, and one finite weight for each or none.',
    );
  }
  return composite('styleLoss', { x: x[0]! }, () =>
    x
      .map((features, k) => {
        const channels = features.shape[1]!;
        const apart = sum(square(sub(perPlace(features), perPlace(style[k]!)) as Tensor));
        return mul(apart, weights[k]! / (4 * channels * channels)) as Tensor;
      })
      .reduce((a, b) => add(a, b) as Tensor),
  );
});

const perPlace = (x: Tensor): Tensor => div(gram(x as Tensor<Shape, 'f32'>), sizeOf(x.shape.slice(2))) as Tensor;
