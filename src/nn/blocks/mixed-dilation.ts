import type { FloatDType } from '../../graph/dtype.ts';
import { concat, conv2d, depthwiseConv2d, split } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { zeros } from '../initialisers/constant.ts';
import { convFan } from '../initialisers/fan.ts';
import { heNormal } from '../initialisers/he.ts';
import { type Layer, layer, parameter } from '../layer.ts';
import { evenly } from '../layers/evenly.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { checkedRates } from './checked-rates.ts';
import { around } from './conv-unit.ts';
import type { Kept } from './kept.ts';

export interface MixedDilationOptions {
  readonly in: number;
  readonly out: number;
  /** The channels are shared evenly among these dilations; default [1, 2]. */
  readonly rates?: readonly number[];
  /** Default 3. */
  readonly kernel?: number;
  readonly dtype?: FloatDType;
}

/** What it does: [N, in, H, W] → [N, out, H, W]. */
export type MixedDilation<O extends MixedDilationOptions> = Kept<O, O['in'], O['out']>;

/**
 * A depthwise convolution whose dilation differs from channel to channel, and a 1×1 one that mixes them (operators.md 58,
 * the third cure for gridding): parameters `depthwise` [in, 1, k, k], `pointwise` [out, in, 1, 1], `b` [out].
 *
 * @throws CotangentError `layer/groups` where the rates cannot share the channels; `block/rates`.
 */
export function mixedDilation<const O extends MixedDilationOptions>(
  options: Known<O, MixedDilationOptions>,
): Layer<MixedDilation<O>> {
  const { in: from, out, rates = [1, 2], kernel = 3, dtype = 'f32' }: MixedDilationOptions = options;
  checkedRates('mixedDilation', rates);
  evenly('mixedDilation', { in: from }, rates.length);
  const share = from / rates.length;
  const stride = [1, 1];
  const parts = {
    depthwise: parameter(
      { dtype, shape: [from, 1, kernel, kernel] },
      heNormal(),
      convFan({ in: from, out: from, kernel: [kernel, kernel], stride, groups: from }),
    ),
    pointwise: parameter(
      { dtype, shape: [out, from, 1, 1] },
      heNormal(),
      convFan({ in: from, out, kernel: [1, 1], stride, groups: 1 }),
    ),
    b: parameter({ dtype, shape: [out] }, zeros),
  };
  return layer(parts, ({ depthwise, pointwise, b }) => {
    const call = (x: Image): Image => {
      const kernels = split(depthwise as Image, share, 0) as readonly Image[];
      const channels = split(x, share, 1) as readonly Image[];
      const apart = rates.map((dilation, k) => {
        const padding = [around(kernel, dilation), around(kernel, dilation)] as const;
        return depthwiseConv2d(channels[k]!, kernels[k]!, { dilation, padding }) as Image;
      });
      return conv2d(concat(apart, 1) as Image, pointwise as Image, { bias: b }) as Image;
    };
    return typed<MixedDilation<O>>(call);
  });
}
