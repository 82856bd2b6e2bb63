import { fail } from '../../graph/error.ts';
import type { OnnxNode } from '../../graph/op.ts';
import type { ConvAttributes } from './conv.ts';

/** ONNX `Conv`; ONNX has no input dilation and no negative padding there. */
export function convToOnnx({ axes, groups }: ConvAttributes): OnnxNode {
  if (axes.some(({ lo, hi, xDilation }) => xDilation > 1 || lo < 0 || hi < 0))
    fail(
      'conv/onnx',
      'ONNX Conv has no input dilation and no negative padding',
      'export the forward net only, or rewrite this convolution as ConvTranspose or with a slice before it.',
    );
  return {
    op: 'Conv',
    attributes: {
      strides: axes.map((a) => a.stride),
      pads: [...axes.map((a) => a.lo), ...axes.map((a) => a.hi)],
      dilations: axes.map((a) => a.wDilation),
      group: groups,
    },
  };
}
