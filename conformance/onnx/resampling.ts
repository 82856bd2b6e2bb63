import {
  type Coordinates,
  cast,
  depthToSpace,
  type KeepAspect,
  type Rounding,
  resize,
  spaceToDepth,
  type Tensor,
} from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import type { OnnxAdapters } from './adapter.ts';
import type { OnnxNode } from './onnx-node.ts';

/** Other sizes, and elements moved between channels and places. */
export const resampling: OnnxAdapters = {
  DepthToSpace: (node) =>
    depthToSpace(node.x(0), {
      block: node.int('blocksize'),
      order: blockOrder(node),
    }),
  Resize: (node) => (node.opset < 11 ? multiplied(node, node.numbers(1)) : resized(node)),
  SpaceToDepth: (node) => spaceToDepth(node.x(0), { block: node.int('blocksize'), order: blockOrder(node) }),
  Upsample: (node) => multiplied(node, node.opset < 9 ? node.ints('scales') : node.numbers(1)),
};

const blockOrder = (node: OnnxNode) => (node.text<'DCR' | 'CRD'>('mode', 'DCR') === 'CRD' ? 'crd' : 'dcr');

/** Resize from opset 11 on. */
function resized(node: OnnxNode): Tensor {
  const x = node.x(0);
  const axes = (node.optionalInts('axes') ?? x.shape.map((_, axis) => axis)) as readonly number[];
  const numbers = (input: number): number[] | undefined => {
    const given = node.optionalNumbers(input);
    return given?.length === 0 ? undefined : given;
  };
  const [roi, scale, size] = [numbers(1), numbers(2), numbers(3)];
  const mode = node.text<'nearest' | 'linear' | 'cubic'>('mode', 'nearest');
  return ofFloats(node, x, mode, (floats) =>
    resize(floats, {
      axes,
      ...(size === undefined ? { scale: scale! } : { size }),
      mode: mode === 'cubic' ? { cubic: node.float('cubic_coeff_a', -0.75) } : mode,
      coordinates: node.text<Coordinates>('coordinate_transformation_mode', 'half_pixel'),
      rounding: node.text<Rounding>('nearest_mode', 'round_prefer_floor'),
      antialias: node.flag('antialias'),
      excludeOutside: node.flag('exclude_outside'),
      keepAspect: size === undefined ? 'stretch' : node.text<KeepAspect>('keep_aspect_ratio_policy', 'stretch'),
      extrapolation: node.float('extrapolation_value', 0),
      ...(roi === undefined ? {} : { regions: axes.map((_, i) => [roi[i]!, roi[axes.length + i]!] as const) }),
    }),
  );
}

/** Upsample, and Resize before opset 11: first elements coincide; the nearest is the one below, when shrinking above. */
function multiplied(node: OnnxNode, scale: readonly number[]): Tensor {
  const x = node.x(0);
  const mode = node.text<'nearest' | 'linear'>('mode', 'nearest');
  const rounding = scale.some((factor) => factor < 1) ? 'ceil' : 'floor';
  const axes = x.shape.map((_, axis) => axis);
  return ofFloats(node, x, mode, (floats) =>
    resize(floats, { axes, scale, mode, coordinates: 'asymmetric', rounding }),
  );
}

/** Whole numbers are only ever picked, not weighed. */
function ofFloats(node: OnnxNode, x: Tensor, mode: string, f: (x: Tensor) => Tensor): Tensor {
  if (x.dtype === 'f32' || x.dtype === 'f64') return f(x);
  return mode === 'nearest' ? cast(f(cast(x, 'f64')), x.dtype) : unsupported(`${node.op} of ${x.dtype}, ${mode}`);
}
