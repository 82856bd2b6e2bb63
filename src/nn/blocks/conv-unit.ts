import type { FloatDType } from '../../graph/dtype.ts';
import { relu } from '../../ops/index.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import type { Image } from '../layers/image.ts';
import type { PerAxis } from '../layers/option.ts';
import { type BlockNorm, normalisation } from './normalisation.ts';

/** What a unit is made of. */
export interface ConvUnitOptions {
  readonly in: number;
  readonly out: number;
  /** Default 3. */
  readonly kernel?: PerAxis;
  readonly stride?: PerAxis;
  /** Distance of the taps; the padding follows it, so that a stride of 1 keeps the size. Default 1. */
  readonly dilation?: number;
  /** Default `'none'`. */
  readonly norm?: BlockNorm;
  /** Default true. */
  readonly activate?: boolean;
  readonly dtype: FloatDType;
}

/** A convolution that keeps the size, normalised and through ReLU where asked: parameters `conv` and `norm`. */
export function convUnit(options: ConvUnitOptions): Layer<(x: Image) => Image> {
  const { in: from, out, kernel = 3, stride = 1, dilation = 1, norm = 'none', activate = true, dtype } = options;
  const [h, w] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
  const padding = [around(h, dilation), around(w, dilation)] as const;
  // A norm has a shift of its own, and undoes this one.
  const bias = norm === 'none';
  const conv = convLayer({ in: from, out, kernel, stride, dilation, padding, bias, dtype });
  return layer({ conv, norm: normalisation(norm, out, dtype) }, ({ conv, norm }) => (x: Image) => {
    const y = conv(x) as Image;
    const even = norm?.(y) ?? y;
    return activate ? (relu(even) as Image) : even;
  });
}

/** Padding that keeps the size at stride 1; the odd element of an even window at the high end. */
export function around(window: number, dilation = 1): readonly [lo: number, hi: number] {
  const total = (window - 1) * dilation;
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
