import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { add, matmul } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import type { MatmulShape } from '../../ops/types/matmul-shape.ts';
import { zeros } from '../initialisers/constant.ts';
import { heNormal } from '../initialisers/he.ts';
import type { Initialiser } from '../initialisers/initialiser.ts';
import { type Layer, layer, parameter } from '../layer.ts';
import type { DTypeOf, Known } from './option.ts';

export interface LinearLayerOptions {
  /** Sizes of the last axis before and after. */
  readonly in: number;
  readonly out: number;
  /** Whether there is a bias `b`; default true. */
  readonly bias?: boolean;
  /** How the weight starts; default {@link heNormal}. */
  readonly initialise?: Initialiser;
  readonly dtype?: FloatDType;
}

type Result<O extends LinearLayerOptions, X extends Shape> = MatmulShape<X, readonly [O['in'], O['out']]>;

/** What a linear layer does: […, in] → […, out]. */
export type Linear<O extends LinearLayerOptions> = <X extends Shape>(
  x: Tensor<X, DTypeOf<O>> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, DTypeOf<O>>;

/** x · w + b, with parameters `w` [in, out] and `b` [out]. */
export function linearLayer<const O extends LinearLayerOptions>(
  options: Known<O, LinearLayerOptions>,
): Layer<Linear<O>> {
  const { in: inner, out, bias = true, initialise = heNormal(), dtype = 'f32' } = options;
  const type: Type<Shape, FloatDType> = { dtype, shape: [inner, out] };
  const b = bias ? parameter({ dtype, shape: [out] }, zeros) : undefined;
  return layer({ w: parameter(type, initialise, { in: inner, out }), b }, ({ w, b }) => {
    const call = (x: Tensor<Shape, FloatDType>): Tensor => (b === undefined ? matmul(x, w) : add(matmul(x, w), b));
    return typed<Linear<O>>(call);
  });
}
