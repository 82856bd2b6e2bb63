import type { FloatDType } from '../../graph/dtype.ts';
import { relu } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { normalisation } from '../blocks/normalisation.ts';
import { type Layer, layer } from '../layer.ts';
import { type Conv, convLayer } from '../layers/conv-layer.ts';
import type { Image } from '../layers/image.ts';
import type { DTypeOf, Known } from '../layers/option.ts';

export interface DoubleConvOptions {
  /** Channels in and out. */
  readonly in: number;
  readonly out: number;
  /** Normalisation before each ReLU; default `none`. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

/** What a stage does to sizes: what one such convolution does. */
export type DoubleConv<O extends DoubleConvOptions> = Conv<{
  readonly in: O['in'];
  readonly out: O['out'];
  readonly kernel: 3;
  readonly padding: 1;
  readonly dtype: DTypeOf<O>;
}>;

/** Twice a 3×3 convolution that keeps the size, normalised where asked, and ReLU: the stage that U-Nets are made of. */
export function doubleConv<const O extends DoubleConvOptions>(
  options: Known<O, DoubleConvOptions>,
): Layer<DoubleConv<O>> {
  // Plain numbers inside; the signature above says what they come to.
  const { in: channels, out, norm = 'none', dtype = 'f32' }: DoubleConvOptions = options;
  const conv = (from: number) => convLayer({ in: from, out, kernel: 3, padding: 1, dtype });
  const normalise = normalisation(norm, out, dtype);
  return layer({ conv1: conv(channels), norm1: normalise, conv2: conv(out), norm2: normalise }, (l) => {
    const call = (x: Image): Image => {
      const first = l.conv1(x);
      const second = l.conv2(relu(l.norm1?.(first) ?? first));
      return relu(l.norm2?.(second) ?? second);
    };
    return typed<DoubleConv<O>>(call);
  });
}
