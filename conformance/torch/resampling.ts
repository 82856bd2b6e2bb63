import { pixelShuffle, pixelUnshuffle, type ResizeOptions, resize, type Tensor } from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import type { Adapters, Attributes, Inputs } from './adapter.ts';

/** Other sizes, and pixels moved between channels and places. */
export const resampling: Adapters = {
  interpolate,
  pixel_shuffle: ({ input }, { upscale_factor }) => ({ output: pixelShuffle(input, upscale_factor) }),
  pixel_unshuffle: ({ input }, { downscale_factor }) => ({ output: pixelUnshuffle(input, downscale_factor) }),
};

function interpolate({ input: x }: Inputs, attributes: Attributes) {
  const { size, scale_factor, recompute_scale_factor } = attributes;
  const axes = x.shape.map((_, axis) => axis).slice(2);
  const each = (value: number | number[]): number[] => axes.map((_, i) => (Array.isArray(value) ? value[i]! : value));
  const where =
    size != null
      ? { size: each(size) }
      : { scale: factors(x, attributes, each(scale_factor)), recompute: recompute_scale_factor === true };
  return { output: resize(x, { axes, ...where, ...sampling(attributes) }) };
}

/**
 * PyTorch's kernels take some shortcuts where a factor does not change an axis or doubles it: linear ones copy what keeps
 * its length; `nearest` of a single channel, which counts as channels-last memory, copies and doubles by the lengths alone.
 */
function factors(x: Tensor, { mode, antialias }: Attributes, scale: readonly number[]): readonly number[] {
  const copies = mode.endsWith('linear') && !antialias;
  const doubles = mode === 'nearest' && x.shape[1] === 1 && x.shape.length > 3;
  return scale.map((factor, i) => {
    const ratio = Math.floor(x.shape[i + 2]! * factor) / x.shape[i + 2]!;
    return ((copies || doubles) && ratio === 1) || (doubles && ratio === 2) ? ratio : factor;
  });
}

function sampling({
  mode,
  align_corners,
  antialias,
}: Attributes): Pick<ResizeOptions, 'mode'> & Partial<ResizeOptions> {
  // With align_corners the sizes alone set the positions, also where factors are given.
  const corners = align_corners ? { recompute: true } : {};
  // With antialias nothing is read outside, and align_corners sets the step only.
  const smooth: Partial<ResizeOptions> = {
    antialias,
    excludeOutside: antialias,
    coordinates: !align_corners ? 'half_pixel' : antialias ? 'pytorch_antialias_corners' : 'align_corners',
  };
  switch (mode) {
    case 'nearest':
      return { mode, coordinates: 'asymmetric', rounding: 'floor' };
    case 'nearest-exact':
      return { mode: 'nearest', coordinates: 'half_pixel', rounding: 'round_prefer_ceil' };
    case 'area':
      return { mode };
    case 'linear':
    case 'bilinear':
    case 'trilinear':
      return { mode: 'linear', ...corners, ...smooth };
    case 'bicubic':
      return { mode: { cubic: antialias ? -0.5 : -0.75 }, ...corners, ...smooth };
    default:
      return unsupported(`interpolate with mode '${mode}'`);
  }
}
