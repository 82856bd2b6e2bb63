import type { FloatDType } from '../../graph/dtype.ts';
import { relu } from '../../ops/index.ts';
import type { Layer } from '../layer.ts';
import { layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import { groupNormLayer } from '../layers/group-norm-layer.ts';
import type { Image } from '../layers/image.ts';

/** Feature maps in, feature maps out, sizes known at run time only. */
export type ImageLayer = Layer<(x: Image) => Image>;

export interface DoubleConvOptions {
  readonly in: number;
  readonly out: number;
  readonly norm: 'none' | 'group';
  readonly dtype: FloatDType;
}

/** Twice a 3×3 convolution that keeps the size, normalised where asked, and ReLU: the stage that U-Nets are made of. */
export function doubleConv({ in: channels, out, norm, dtype }: DoubleConvOptions): ImageLayer {
  const conv = (from: number) => convLayer({ in: from, out, kernel: 3, padding: 1, dtype });
  // At most eight groups, of equal size.
  const groups = greatestCommonDivisor(out, 8);
  const normalise = () => (norm === 'none' ? undefined : groupNormLayer({ channels: out, groups, dtype }));
  return layer(
    { conv1: conv(channels), norm1: normalise(), conv2: conv(out), norm2: normalise() },
    (l) => (x: Image) => {
      const first = l.conv1(x);
      const second = l.conv2(relu(l.norm1?.(first) ?? first));
      return relu(l.norm2?.(second) ?? second);
    },
  );
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
