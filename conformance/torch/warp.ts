import { affineGrid, deformConv2d, gridSample, psRoiAlign, psRoiPool, roiAlign, roiPool } from 'cotangent';
import { roomForSamples } from '../run/room-for-samples.ts';
import { type Adapters, given } from './adapter.ts';

/** Sampling at real positions and pooling of regions, by PyTorch's and torchvision's names. */
export const warp: Adapters = {
  grid_sample: ({ input, grid }, { mode, padding_mode, align_corners }) => ({
    output: gridSample(input, grid!, {
      ...given({ mode, paddingMode: padding_mode, alignCorners: align_corners }),
    }),
  }),
  affine_grid: ({ theta }, { size, align_corners }) => ({
    output: affineGrid(theta!, size as readonly number[], { ...given({ alignCorners: align_corners }) }),
  }),
  deform_conv2d: ({ input, offset, weight, bias, mask }, { stride, padding, dilation }) => ({
    output: deformConv2d(input, offset!, weight!, { ...given({ bias, mask, stride, padding, dilation }) }),
  }),
  roi_align: ({ input, boxes }, { output_size, spatial_scale, sampling_ratio, aligned }) => ({
    output: roiAlign(input, boxes!, {
      ...region(output_size, spatial_scale),
      ...roomForSamples(input, output_size),
      ...given({ samplingRatio: sampling_ratio, aligned }),
    }),
  }),
  roi_pool: ({ input, boxes }, { output_size, spatial_scale }) => ({
    output: roiPool(input, boxes!, region(output_size, spatial_scale)),
  }),
  ps_roi_align: ({ input, boxes }, { output_size, spatial_scale, sampling_ratio }) => ({
    output: psRoiAlign(input, boxes!, {
      ...region(output_size, spatial_scale),
      ...roomForSamples(input, output_size),
      ...given({ samplingRatio: sampling_ratio }),
    }),
  }),
  ps_roi_pool: ({ input, boxes }, { output_size, spatial_scale }) => ({
    output: psRoiPool(input, boxes!, region(output_size, spatial_scale)),
  }),
};

const region = (outputSize: number | readonly number[], spatialScale: number | undefined) => ({
  outputSize,
  ...given({ spatialScale }),
});
