import type { Tensor } from '../../graph/tensor.ts';
import { depthToSpace, type ShuffleOrder } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { icnr } from '../initialisers/icnr.ts';
import type { Initialiser } from '../initialisers/initialiser.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from './conv-layer.ts';
import type { Image } from './image.ts';
import type { Known, PerAxis } from './option.ts';
import type { Upscale, UpscaleOptions } from './upscaled.ts';
import { wholePair } from './whole-pair.ts';

export interface SubPixelLayerOptions extends UpscaleOptions {
  /** Of the convolution, which keeps the size; default 3. */
  readonly kernel?: PerAxis;
  /** Default `'crd'`. */
  readonly order?: ShuffleOrder;
  /** Default true. */
  readonly bias?: boolean;
  /** How each channel's kernel starts; all channels of a block get the same one ({@link icnr}). */
  readonly initialise?: Initialiser;
}

/**
 * Sub-pixel convolution: a convolution to out · scale² channels, then `depthToSpace` (operators.md 42). Whole scales only.
 *
 * @throws CotangentError `option/value` for a scale that is not whole.
 */
export function subPixelLayer<const O extends SubPixelLayerOptions>(
  options: Known<O, SubPixelLayerOptions>,
): Layer<Upscale<O>> {
  const { in: channels, out, scale, kernel = 3, order = 'crd', bias = true, initialise, dtype = 'f32' } = options;
  const block = wholePair('scale', scale);
  const blocks = block[0] * block[1];
  const conv = convLayer({
    in: channels,
    out: out * blocks,
    kernel,
    padding: 'same-upper',
    bias,
    initialise: icnr({ blocks, order, ...(initialise === undefined ? {} : { base: initialise }) }),
    dtype,
  });
  return layer({ conv }, ({ conv }) => {
    const call = (x: Image): Tensor => depthToSpace(conv(x) as Tensor, { block, order });
    return typed<Upscale<O>>(call);
  });
}
