import { compile } from '../../backends/index.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { CotangentError } from '../../graph/error.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { type AntialiasRule, antialiasDownsample, conv2d, slice } from '../../ops/index.ts';
import { bestUpsamplingError } from './best-upsampling.ts';

/** What strides are looked at on. */
export interface StrideReportOptions {
  /** Planes of the scene, [planes, H, W], values from 0 to 1. */
  readonly image: NdArray;
  /** 2, 4 and 8 unless given. */
  readonly strides?: readonly number[];
  /** Channels that the layer with the stride reads; 64 unless given. */
  readonly channels?: number;
  /** Channels that it makes; `stride` times as many unless given, as encoders double them where they halve the sides. */
  readonly outputs?: (stride: number) => number;
  /** How the smoothing before is chosen; `s/2` unless given. */
  readonly rule?: AntialiasRule;
}

/** What a stride keeps. */
export interface StrideRow {
  readonly stride: number;
  /** Numbers in one plane of the layer's input per number in one of its result: s² where s divides the sides. */
  readonly spatial: number;
  readonly outputs: number;
  /** Numbers in all of its input per number in all of its result: s²·C_in/C_out. */
  readonly adjusted: number;
  /** How near the best linear upsampling of every s-th pixel comes to the scene, in decibels; ∞ for equal ones. */
  readonly psnr: number;
  /** The same, the scene smoothed before. */
  readonly smoothed: number;
}

/**
 * What strides leave out (operators.md 10): how many fewer numbers there are, in planes and, channels counted, in all, and
 * how much of a scene can be restored from every s-th pixel by the linear upsampling that suits it best. The notes' ratio s²
 * holds while the number of channels stays.
 *
 * @throws CotangentError `stride/image` unless the image is [planes, H, W] with sides of at least twice the largest stride.
 */
export function strideReport(options: StrideReportOptions): StrideRow[] {
  const { image, strides = [2, 4, 8], channels = 64, outputs = (stride) => channels * stride, rule = 's/2' } = options;
  const [, height = 0, width = 0] = image.shape;
  if (image.shape.length !== 3 || Math.min(height, width) < 2 * Math.max(...strides))
    throw new CotangentError({
      code: 'stride/image',
      summary: `strides ${strides.join(', ')} of an image [${image.shape}]`,
      fix: 'give planes [planes, H, W] whose sides are twice the largest stride or more.',
    });
  return strides.map((stride) => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, channels, height, width));
    const w = g.parameter('w', f64(outputs(stride), channels, 3, 3));
    const y = conv2d(x, w, { stride, padding: 1 }) as Tensor;
    return {
      stride,
      spatial: sizeOf(x.shape.slice(2)) / sizeOf(y.shape.slice(2)),
      outputs: y.shape[1]!,
      adjusted: sizeOf(x.shape) / sizeOf(y.shape),
      ...restored(image, stride, rule),
    };
  });
}

/** Of every s-th pixel, as it is and smoothed before. */
function restored(image: NdArray, stride: number, rule: AntialiasRule): Pick<StrideRow, 'psnr' | 'smoothed'> {
  const [planes, height, width] = image.shape as readonly [number, number, number];
  const g = new GraphBuilder();
  const x = g.input('x', f64(1, planes, height, width));
  const plain = slice(x, {
    starts: [0, 0, 0, 0],
    limits: [1, planes, height, width],
    steps: [1, 1, stride, stride],
  }) as Tensor;
  const smoothed = antialiasDownsample(x, { factor: stride, rule }) as Tensor;
  const executable = compile(g.build({ plain, smoothed }));
  const results = executable.run({ x: array(f64(1, planes, height, width), image.data) });
  executable.close();
  const decibels = (small: NdArray): number => {
    const planesOnly = array(f64(...small.shape.slice(1)), small.data);
    return -10 * Math.log10(bestUpsamplingError(planesOnly, image, stride));
  };
  return { psnr: decibels(results.plain!), smoothed: decibels(results.smoothed!) };
}
