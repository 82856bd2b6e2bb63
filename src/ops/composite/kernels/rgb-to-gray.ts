import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import { linearWindows } from '../../window/linear-windows.ts';
import { composite } from '../composite.ts';

/** How much red, green and blue count: as ITU-R BT.601 or BT.709 say, or as given. */
export type GrayWeights = 'bt601' | 'bt709' | readonly [red: number, green: number, blue: number];

const standards = { bt601: [0.299, 0.587, 0.114], bt709: [0.2126, 0.7152, 0.0722] } as const;

/**
 * Grey images [N,1,…] of colour images x[N,3,…] (operators.md 12): a weighted sum of the channels, by default of BT.601.
 *
 * @throws GraphError `gray/channels` unless x has three channels, `option/value` for other weights.
 */
export const rgbToGray: <X extends Shape, D extends DType>(
  x: Tensor<X, D> & Float<D>,
  weights?: GrayWeights,
) => Tensor<
  X extends readonly [infer N extends number, number, ...infer S extends Shape] ? readonly [N, 1, ...S] : Shape,
  D
> = typed((x: Tensor, weights: GrayWeights = 'bt601') =>
  composite('rgbToGray', { x }, () => {
    if (x.shape[1] !== 3)
      fail('gray/channels', `[${x.shape}] has no three channels on axis 1`, 'give images [N, 3, …], red first.');
    const shares = typeof weights === 'string' ? standards[weights] : weights;
    if (shares?.length !== 3 || !shares.every(Number.isFinite))
      fail('option/value', `weights is ${String(weights)}`, "use 'bt601', 'bt709' or three numbers.");
    return linearWindows(x, 1, [shares.map((share, channel) => [channel, share] as const)]);
  }),
);
