import { affineGrid, cast, concat, deformConv2d, gridSample, reshape, roiAlign, roiPool } from 'cotangent';
import { roomForSamples } from '../run/room-for-samples.ts';
import { unsupported } from '../run/unsupported.ts';
import type { OnnxAdapters } from './adapter.ts';
import { windowAttributes } from './window-attributes.ts';

/** Sampling at real positions and pooling of regions. */
export const warp: OnnxAdapters = {
  AffineGrid: (node) => affineGrid(node.x(0), node.numbers(1), { alignCorners: node.flag('align_corners') }),
  DeformConv: (node) => {
    const [x, w, offset] = [node.x(0), node.x(1), node.x(2)];
    const { stride, dilation, padding } = windowAttributes(node, w.shape.slice(2));
    if (stride.length !== 2) unsupported(`deformable convolution of ${stride.length} axes`);
    return deformConv2d(x, offset, w, {
      stride,
      dilation,
      padding,
      offsetGroups: node.int('offset_group', 1),
      ...(node.has(3) ? { bias: node.x(3) } : {}),
      ...(node.has(4) ? { mask: node.x(4) } : {}),
    });
  },
  GridSample: (node) => {
    // Until operator set 20 the names were PyTorch's.
    const modes = {
      linear: 'bilinear',
      cubic: 'bicubic',
      bilinear: 'bilinear',
      bicubic: 'bicubic',
      nearest: 'nearest',
    } as const;
    return gridSample(node.x(0), node.x(1), {
      mode: modes[node.text<keyof typeof modes>('mode', 'linear')],
      paddingMode: node.text<'zeros' | 'border' | 'reflection'>('padding_mode', 'zeros'),
      alignCorners: node.flag('align_corners'),
    });
  },
  MaxRoiPool: (node) =>
    roiPool(node.x(0), node.x(1), {
      outputSize: node.ints('pooled_shape'),
      spatialScale: node.float('spatial_scale', 1),
    }),
  RoiAlign: (node) => {
    const x = node.x(0);
    const image = reshape(cast(node.x(2), x.dtype), [-1, 1]);
    // Operator set 10 knew no other mode.
    const coordinates = node.text(
      'coordinate_transformation_mode',
      node.opset < 16 ? 'output_half_pixel' : 'half_pixel',
    );
    const outputSize = [node.int('output_height', 1), node.int('output_width', 1)];
    return roiAlign(x, concat([image, node.x(1)], 1), {
      outputSize,
      ...roomForSamples(x, outputSize),
      spatialScale: node.float('spatial_scale', 1),
      samplingRatio: node.int('sampling_ratio', 0),
      aligned: coordinates === 'half_pixel',
      // ONNX's own examples take the greatest weighed neighbour.
      mode: node.text<'avg' | 'max'>('mode', 'avg') === 'max' ? 'max-tap' : 'avg',
    });
  },
};
