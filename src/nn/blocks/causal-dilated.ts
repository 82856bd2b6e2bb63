import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { conv1d, relu } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { ConvShape } from '../../ops/types/conv-shape.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import { zeros } from '../initialisers/constant.ts';
import { convFan } from '../initialisers/fan.ts';
import { heNormal } from '../initialisers/he.ts';
import { type Layer, layer, parameter } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { DTypeOf, Known } from '../layers/option.ts';
import { checkedRates } from './checked-rates.ts';

export interface CausalDilatedOptions {
  readonly in: number;
  readonly out: number;
  /** Dilations of the convolutions, one after the other; default [1, 2, 4, 8]. */
  readonly rates?: readonly number[];
  /** Taps of each; default 2, as in WaveNet. */
  readonly kernel?: number;
  readonly dtype?: FloatDType;
}

type Result<O extends CausalDilatedOptions, X extends Shape> = ConvShape<1, X, readonly [O['out'], O['in'], 1]>;

/** What it does: [N, in, T] → [N, out, T]. */
export type CausalDilated<O extends CausalDilatedOptions> = <X extends Shape>(
  x: Tensor<X, DTypeOf<O>> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, DTypeOf<O>>;

/**
 * Dilated convolutions along time, one after the other, none of which reads what comes later (operators.md 59), with ReLU
 * between: a result sees 1 + (kernel − 1)·Σ rates samples, the last being its own. Parameters `stages.0.w`, `stages.0.b`, ….
 *
 * @throws CotangentError `block/rates`.
 */
export function causalDilated<const O extends CausalDilatedOptions>(
  options: Known<O, CausalDilatedOptions>,
): Layer<CausalDilated<O>> {
  const { in: from, out, rates = [1, 2, 4, 8], kernel = 2, dtype = 'f32' }: CausalDilatedOptions = options;
  const stages = checkedRates('causalDilated', rates).map((dilation, k) => {
    const channels = k === 0 ? from : out;
    const fan = convFan({ in: channels, out, kernel: [kernel], stride: [1], groups: 1 });
    const parts = {
      w: parameter({ dtype, shape: [out, channels, kernel] as Shape }, heNormal(), fan),
      b: parameter({ dtype, shape: [out] as Shape }, zeros),
    };
    const padding = [[(kernel - 1) * dilation, 0]] as const;
    return layer(
      parts,
      ({ w, b }) =>
        (x: Image) =>
          conv1d(x, w, { bias: b, dilation, padding }) as Image,
    );
  });
  return layer({ stages }, ({ stages }) => {
    const call = (x: Image): Image => stages.reduce((y, stage, k) => stage(k === 0 ? y : (relu(y) as Image)), x);
    return typed<CausalDilated<O>>(call);
  });
}
