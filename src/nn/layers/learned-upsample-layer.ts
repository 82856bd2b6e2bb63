import type { Tensor } from '../../graph/tensor.ts';
import { type ResizeMode, resize2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from './conv-layer.ts';
import type { Image } from './image.ts';
import type { Known } from './option.ts';
import type { Upscale, UpscaleOptions } from './upscaled.ts';

export interface LearnedUpsampleLayerOptions extends UpscaleOptions {
  /** Channels in between; default as many as go out. */
  readonly hidden?: number;
  /** How the size changes, at half-pixel centres; default `'linear'`. */
  readonly mode?: ResizeMode;
  /** Default true. */
  readonly bias?: boolean;
}

/**
 * A 1×1 convolution, a resize, a 1×1 convolution (operators.md 45): parameters `before` and `after`. The channels are
 * mixed where images are small, and once more where they are large.
 */
export function learnedUpsampleLayer<const O extends LearnedUpsampleLayerOptions>(
  options: Known<O, LearnedUpsampleLayerOptions>,
): Layer<Upscale<O>> {
  const { in: channels, out, scale, hidden = out, mode = 'linear', bias = true, dtype = 'f32' } = options;
  const before = convLayer({ in: channels, out: hidden, kernel: 1, bias, dtype });
  const after = convLayer({ in: hidden, out, kernel: 1, bias, dtype });
  return layer({ before, after }, ({ before, after }) => {
    const call = (x: Image): Tensor => after(resize2d(before(x) as Image, { scale, mode }) as Image);
    return typed<Upscale<O>>(call);
  });
}
