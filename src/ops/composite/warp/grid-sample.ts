import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { constant } from '../../constant/constant.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { refuse } from '../../refuse.ts';
import { flip } from '../../shape/flip.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { typed } from '../../typed.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { GridSampleShape } from '../../types/grid-sample-shape.ts';
import type { Interpolation } from '../../warp/interpolation.ts';
import type { Outside } from '../../warp/outside.ts';
import { sample } from '../../warp/sample.ts';
import { composite } from '../composite.ts';

/** Options of `gridSample`. */
export interface GridSampleOptions {
  /** How elements around a position are weighed; default `'bilinear'`. */
  readonly mode?: 'nearest' | 'bilinear' | 'bicubic';
  /** What stands outside x: nothing, its border, or x mirrored; default `'zeros'`. */
  readonly paddingMode?: 'zeros' | 'border' | 'reflection';
  /** Whether −1 and 1 mean the centres of the end elements, not their outer edges; default false. */
  readonly alignCorners?: boolean;
  /** The slope of the `bicubic` kernel at distance 1; default −0.75, as in PyTorch and ONNX. */
  readonly cubic?: number;
}

/**
 * x[N,C,…] at the positions of a grid [N,…,axes], in one to three dimensions: the last axis of the grid holds (x, y, z),
 * the innermost axis of x first, from −1 to 1 over x. As PyTorch's `grid_sample` and ONNX's GridSample (operators.md 70); at whole positions
 * the gradient is the right one.
 *
 * @throws CotangentError `grid-sample/grid` where the grid does not fit x.
 */
export const gridSample: <X extends Shape, G extends Shape, D extends DType, E extends DType>(
  x: Tensor<X, D> & Float<D>,
  grid: Tensor<G, E> & SameDType<D, E> & Fits<GridSampleShape<X, G>>,
  options?: GridSampleOptions,
) => Tensor<Sized<GridSampleShape<X, G>>, D & E> = typed((x: Tensor, grid: Tensor, options: GridSampleOptions = {}) =>
  composite('gridSample', { x, grid }, () => {
    const { alignCorners = false } = options;
    const [batch, , ...size] = x.shape;
    const points = grid.shape.slice(1, -1);
    const axes = size.length;
    if (axes < 1 || grid.shape.length !== x.shape.length || grid.shape[0] !== batch || grid.shape.at(-1) !== axes)
      refuse(
        'grid-sample/grid',
        { grid: grid.shape, x: x.shape, rank: x.shape.length, batch: batch ?? 'the batch', axes },
        'give a position, innermost axis first, for every element of the result.',
      );
    const scale = constant(
      x.graph,
      { dtype: grid.dtype, shape: [axes, 1] },
      size.map((length) => (alignCorners ? length - 1 : length) / 2),
    );
    const flat = reshape(flip(grid, -1), [batch!, points.reduce((a, b) => a * b, 1), axes]);
    const scaled = mul(add(transpose(flat, [0, 2, 1]), 1), scale);
    const p = alignCorners ? scaled : sub(scaled, 0.5);
    const axis = { kernel: kernelOf(options), order: 0, outside: outsideOf(options) };
    const y = sample(x, p, { axes: size.map(() => axis) });
    return reshape(y, [batch!, x.shape[1]!, ...points]);
  }),
);

function kernelOf({ mode = 'bilinear', cubic = -0.75 }: GridSampleOptions): Interpolation {
  const kernels = { nearest: 'nearest', bilinear: 'linear', bicubic: { cubic } } as const;
  if (!Object.hasOwn(kernels, mode))
    fail('grid-sample/options', `unknown mode '${mode}'`, `use one of ${Object.keys(kernels).join(', ')}.`);
  return kernels[mode];
}

function outsideOf({ paddingMode = 'zeros', alignCorners = false }: GridSampleOptions): Outside {
  const outsides = { zeros: 'zero', border: 'replicate', reflection: alignCorners ? 'reflect' : 'symmetric' } as const;
  if (!Object.hasOwn(outsides, paddingMode))
    fail(
      'grid-sample/options',
      `unknown paddingMode '${paddingMode}'`,
      `use one of ${Object.keys(outsides).join(', ')}.`,
    );
  return outsides[paddingMode];
}
