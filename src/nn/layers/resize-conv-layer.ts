import type { Tensor } from '../../graph/tensor.ts';
import { type ResizeMode, resize2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Initialiser } from '../initialisers/initialiser.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from './conv-layer.ts';
import type { Image } from './image.ts';
import type { Known, PerAxis } from './option.ts';
import type { Upscale, UpscaleOptions } from './upscaled.ts';

export interface ResizeConvLayerOptions extends UpscaleOptions {
  /** Of the convolution, which keeps the size; default 3. */
  readonly kernel?: PerAxis;
  /** How the size changes, at half-pixel centres; default `'nearest'`. */
  readonly mode?: ResizeMode;
  /** Default true. */
  readonly bias?: boolean;
  readonly initialise?: Initialiser;
}

/**
 * A resize and then a convolution that keeps the size: upsampling whose taps overlap evenly whatever the weights, the
 * second cure of checkerboards (operators.md 39; Odena et al. 2016).
 */
export function resizeConvLayer<const O extends ResizeConvLayerOptions>(
  options: Known<O, ResizeConvLayerOptions>,
): Layer<Upscale<O>> {
  const { in: channels, out, scale, kernel = 3, mode = 'nearest', bias = true, initialise, dtype = 'f32' } = options;
  const conv = convLayer({
    in: channels,
    out,
    kernel,
    padding: 'same-upper',
    bias,
    dtype,
    ...(initialise === undefined ? {} : { initialise }),
  });
  return layer({ conv }, ({ conv }) => {
    const call = (x: Image): Tensor => conv(resize2d(x, { scale, mode }) as Image);
    return typed<Upscale<O>>(call);
  });
}
