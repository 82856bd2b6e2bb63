import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import type { BiasShape, ConvShape, SpatialRank } from '../../types/conv-shape.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import { convOp } from '../../window/conv.ts';
import { composite } from '../composite.ts';
import { addBias, type ConvOptions, resolveConv } from '../conv-nd.ts';
import type { PaddingOption } from '../padding.ts';
import type { PerAxis } from '../per-axis.ts';
import { type ConvCost, defaultConvCost, directNanoseconds, planFft } from './conv-cost.ts';
import { overlapSave } from './overlap-save.ts';

/** How `fftConv1d` and `fftConv2d` are done. */
export interface FftConvChoice {
  /** `'auto'` (default) takes what the cost model says is faster; `'fft'` and `'direct'` insist. */
  readonly algorithm?: 'auto' | 'fft' | 'direct';
  /** What `'auto'` and the choice of blocks go by; `calibrateConvCost` measures it. */
  readonly cost?: ConvCost;
}

/** A correlation over `R` spatial axes with a choice of algorithm; otherwise as `conv1d`, `conv2d`. */
export type FftConvFunction<R extends SpatialRank> = <
  X extends Shape,
  W extends Shape,
  D extends DType,
  E extends DType,
  const Stride extends PerAxis = 1,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
  Groups extends number = 1,
  B extends Shape = Shape,
>(
  x: Tensor<X, D> & Float<D>,
  w: Tensor<W, E> & SameDType<D, E> & Fits<ConvShape<R, X, W, Stride, Padding, Dilation, Groups>>,
  options?: FftConvChoice & ConvOptions<Stride, Padding, Dilation, Groups, Tensor<B> & Fits<BiasShape<W, B>>>,
) => Tensor<Sized<ConvShape<R, X, W, Stride, Padding, Dilation, Groups>>, D & E>;

/** Correlation of x[N,C,…] with w[O,C/groups,…] over `rank` spatial axes, by transforms where that is faster. */
export const fftConvNd = (
  name: string,
  rank: number,
  x: Tensor,
  w: Tensor,
  { algorithm = 'auto', cost = defaultConvCost, ...options }: FftConvChoice & ConvOptions,
): Tensor =>
  composite(name, { x, w, bias: options.bias }, () => {
    const { padded, attributes } = resolveConv(x, w, rank, options);
    // Also what refuses sizes that do not fit.
    const y = convOp.infer({ x: padded, w }, attributes);
    const plan = planFft(padded, w, attributes, cost);
    switch (algorithm) {
      case 'auto':
        if (plan.nanoseconds < directNanoseconds(w, y, cost)) break;
        return addBias(convOp({ x: padded, w }, attributes), options.bias);
      case 'direct':
        return addBias(convOp({ x: padded, w }, attributes), options.bias);
      case 'fft':
        break;
      default:
        fail('fft/algorithm', `unknown algorithm '${String(algorithm)}'`, "use 'auto', 'fft' or 'direct'.");
    }
    return addBias(overlapSave(padded, w, attributes, plan.blocks), options.bias);
  });
