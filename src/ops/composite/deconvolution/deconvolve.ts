import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { refuse } from '../../refuse.ts';
import { typed } from '../../typed.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import { composite } from '../composite.ts';
import { type Blur, type BlurOptions, blurOf } from './blur.ts';
import { leastSquares } from './least-squares.ts';
import { richardsonLucy } from './richardson-lucy.ts';
import { wiener } from './wiener.ts';

/** Options of `deconvolve`. */
export interface DeconvolveOptions extends BlurOptions {
  /**
   * - `'least-squares'` (default): x that minimises |conv(x, w) − y|² + noise·|x|², by conjugate gradients from 0;
   * - `'richardson-lucy'`: x ≥ 0 for y, w ≥ 0, by Richardson and Lucy's multiplicative steps from a constant;
   * - `'wiener'`: x = F⁻¹(F(y)·F(w) / (|F(w)|² + noise)), y being as large as x and correlated around its borders.
   */
  readonly method?: 'least-squares' | 'richardson-lucy' | 'wiener';
  /** Steps of the first two methods; default 10. Each adds two convolutions to the graph. */
  readonly iterations?: number;
  /** How much of y is taken for noise, not for x; default 0. */
  readonly noise?: number;
}

/** The estimate; its channels are known where those of w are. */
type Estimate<Y extends Shape, W extends Shape> = [Y, W] extends [
  readonly [infer N extends number, number, ...infer Spatial],
  readonly [number, infer C extends number, ...Shape],
]
  ? readonly [N, C, ...{ [k in keyof Spatial]: number }]
  : Shape;

/**
 * The estimate of x[N,C,…] from y = conv(x, w) for a known w[O,C,…] in one to three dimensions (operators.md 24). That is
 * the inverse problem; transposed convolution is only the adjoint. Everything is graph, so the estimate may be
 * differentiated by y and w. Steps that would divide 0 by 0, as after an exact hit, add nothing.
 *
 * @throws GraphError `conv/rank` or `conv/channels` where w does not fit y, `deconvolve/wiener` where Wiener's filter does
 * not apply, `option/value` for other options.
 */
export const deconvolve: <Y extends Shape, W extends Shape, D extends DType, E extends DType>(
  y: Tensor<Y, D> & Float<D>,
  w: Tensor<W, E> & SameDType<D, E>,
  options?: DeconvolveOptions,
) => Tensor<Estimate<Y, W>, D & E> = typed((y: Tensor, w: Tensor, options: DeconvolveOptions = {}) =>
  composite('deconvolve', { y, w }, () => {
    const { method = 'least-squares', iterations = 10, noise = 0, ...geometry } = options;
    if (!Number.isSafeInteger(iterations) || iterations < 1)
      fail('option/value', `iterations is ${iterations}`, 'give a whole number of at least 1.');
    if (!(noise >= 0 && Number.isFinite(noise)))
      fail('option/value', `noise is ${noise}`, 'give a finite number of at least 0.');
    if (y.shape.length !== w.shape.length)
      refuse('conv/rank', { x: `[${y.shape}]`, w: `[${w.shape}]`, rank: w.shape.length }, 'give y and w one rank.');
    if (method === 'wiener') return wiener(y, w, noise, Object.keys(geometry));
    const blur: Blur = blurOf(y, w, geometry);
    if (method === 'least-squares') return leastSquares(y, blur, iterations, noise);
    if (method === 'richardson-lucy') return richardsonLucy(y, blur, iterations, noise);
    return fail(
      'option/value',
      `unknown method '${String(method)}'`,
      "use 'least-squares', 'richardson-lucy' or 'wiener'.",
    );
  }),
);
