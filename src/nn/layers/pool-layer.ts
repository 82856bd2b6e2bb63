import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { avgPool2d, maxPool2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import type { PoolShape } from '../../ops/types/pool-shape.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from './image.ts';
import type { Known, Option, PerAxis } from './option.ts';

export interface PoolLayerOptions {
  readonly kernel: PerAxis;
  /** Default: the kernel's size, so that windows do not overlap. */
  readonly stride?: PerAxis;
  readonly padding?: PerAxis;
}

type Result<O extends PoolLayerOptions, X extends Shape> = PoolShape<
  2,
  X,
  O['kernel'],
  Option<O, 'stride', O['kernel']>,
  Option<O, 'padding', 0>
>;

/** What a pooling layer does: [N, C, H, W] → [N, C, H', W']. */
export type Pool<O extends PoolLayerOptions> = <X extends Shape, D extends FloatDType>(
  x: Tensor<X, D> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, D>;

/** The largest of each window. No parameters. */
export const maxPoolLayer = <const O extends PoolLayerOptions>(options: Known<O, PoolLayerOptions>): Layer<Pool<O>> =>
  pool(options, maxPool2d);

/** The mean of each window, padding counted as zeros. No parameters. */
export const avgPoolLayer = <const O extends PoolLayerOptions>(options: Known<O, PoolLayerOptions>): Layer<Pool<O>> =>
  pool(options, avgPool2d);

type PoolFunction = (x: Image, options: PoolLayerOptions) => Tensor;

function pool<O extends PoolLayerOptions>(options: O, apply: PoolFunction): Layer<Pool<O>> {
  const call = (x: Image): Tensor => apply(x, options);
  return layer({}, () => typed<Pool<O>>(call));
}
