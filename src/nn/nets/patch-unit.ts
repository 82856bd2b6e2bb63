import type { FloatDType } from '../../graph/dtype.ts';
import { relu } from '../../ops/index.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import type { Image } from '../layers/image.ts';
import { positionNormLayer } from '../layers/position-norm-layer.ts';

interface PatchUnitOptions {
  readonly in: number;
  readonly out: number;
  /** Default 3. */
  readonly kernel?: number;
  readonly dilation?: number;
  /** Whether it keeps the size; default false. */
  readonly padded?: boolean;
  readonly norm: 'none' | 'group';
  readonly dtype: FloatDType;
}

/** A convolution and ReLU of which every position depends on its window alone: parameters `conv` and `norm`. */
export function patchUnit(options: PatchUnitOptions): Layer<(x: Image) => Image> {
  const { in: from, out, kernel = 3, dilation = 1, padded = false, norm, dtype } = options;
  const padding = padded ? (dilation * (kernel - 1)) / 2 : 0;
  const normalise = norm === 'none' ? undefined : positionNormLayer({ channels: out, dtype });
  const conv = convLayer({ in: from, out, kernel, dilation, padding, bias: normalise === undefined, dtype });
  return layer({ conv, norm: normalise }, ({ conv, norm }) => (x) => {
    const y = conv(x) as Image;
    return relu(norm?.(y) ?? y) as Image;
  });
}
