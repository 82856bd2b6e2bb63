import { reshape, resize1d, resize2d, resize3d, type Tensor, transpose } from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import type { Adapters, Attributes, Inputs } from './adapter.ts';

/** Other sizes, and pixels moved between channels and places. */
export const resampling: Adapters = {
  interpolate,
  pixel_shuffle: ({ input }, { upscale_factor: r }) => {
    const [lead, [c, h, w]] = image(input);
    const apart = reshape(input, [-1, c / r / r, r, r, h, w]);
    return { output: reshape(transpose(apart, [0, 1, 4, 2, 5, 3]), [...lead, c / r / r, h * r, w * r]) };
  },
  pixel_unshuffle: ({ input }, { downscale_factor: r }) => {
    const [lead, [c, h, w]] = image(input);
    const apart = reshape(input, [-1, c, h / r, r, w / r, r]);
    return { output: reshape(transpose(apart, [0, 1, 3, 5, 2, 4]), [...lead, c * r * r, h / r, w / r]) };
  },
};

function interpolate({ input: x }: Inputs, attributes: Attributes) {
  const { size, scale_factor, mode, align_corners, recompute_scale_factor, antialias } = attributes;
  if (antialias) unsupported('interpolate with antialias');
  const lengths = x.shape.slice(2);
  const each = (value: number | number[]): number[] => lengths.map((_, i) => [value].flat()[i] ?? [value].flat()[0]!);
  const where =
    size != null
      ? { size: each(size) }
      : recompute_scale_factor
        ? { size: each(scale_factor).map((factor, i) => Math.floor(lengths[i]! * factor)) }
        : { scale: each(scale_factor) };
  const resize = [resize1d, resize2d, resize3d][lengths.length - 1]!;
  const coordinates = align_corners ? 'align_corners' : 'half_pixel';
  switch (mode) {
    case 'nearest':
      return { output: resize(x, { ...where, mode, coordinates: 'asymmetric', rounding: 'floor' }) };
    case 'nearest-exact':
      return {
        output: resize(x, { ...where, mode: 'nearest', coordinates: 'half_pixel', rounding: 'round_prefer_ceil' }),
      };
    case 'linear':
    case 'bilinear':
    case 'trilinear':
      return { output: resize(x, { ...where, mode: 'linear', coordinates }) };
    default:
      return unsupported(`interpolate with mode '${mode}'`);
  }
}

const image = (x: Tensor): [readonly number[], [number, number, number]] => [
  x.shape.slice(0, -3),
  x.shape.slice(-3) as [number, number, number],
];
