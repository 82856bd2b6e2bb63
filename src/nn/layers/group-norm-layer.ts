import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { groupNorm } from '../../ops/index.ts';
import { ones, zeros } from '../initialisers/constant.ts';
import { type Layer, layer, parameter } from '../layer.ts';
import type { DTypeOf, Known } from './option.ts';

export interface GroupNormLayerOptions {
  readonly channels: number;
  /** Must divide the channels; as many as channels makes instance normalisation. */
  readonly groups: number;
  readonly epsilon?: number;
  readonly dtype?: FloatDType;
}

/** What a normalising layer does: nothing to the shape. */
export type Normalise<D extends FloatDType> = <S extends Shape>(x: Tensor<S, D>) => Tensor<S, D>;

/** Group normalisation with parameters `gamma` and `beta` [channels], which start as 1 and 0. */
export function groupNormLayer<const O extends GroupNormLayerOptions>(
  options: Known<O, GroupNormLayerOptions>,
): Layer<Normalise<DTypeOf<O>>> {
  const { channels, groups, epsilon = 1e-5 } = options;
  // The default of the type DTypeOf is this one.
  const dtype = (options.dtype ?? 'f32') as DTypeOf<O>;
  const type: Type<readonly number[], DTypeOf<O>> = { dtype, shape: [channels] };
  return layer(
    { gamma: parameter(type, ones), beta: parameter(type, zeros) },
    ({ gamma, beta }): Normalise<DTypeOf<O>> =>
      (x) =>
        groupNorm(x, { groups, gamma, beta, epsilon }),
  );
}
