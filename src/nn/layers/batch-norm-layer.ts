import type { FloatDType } from '../../graph/dtype.ts';
import type { Type } from '../../graph/type.ts';
import { batchNorm } from '../../ops/index.ts';
import { ones, zeros } from '../initialisers/constant.ts';
import { type Layer, layer, parameter } from '../layer.ts';
import type { Normalise } from './group-norm-layer.ts';
import type { DTypeOf, Known } from './option.ts';

export interface BatchNormLayerOptions {
  readonly channels: number;
  readonly epsilon?: number;
  readonly dtype?: FloatDType;
}

/**
 * Batch normalisation with parameters `gamma` and `beta` [channels], which start as 1 and 0. It always uses the statistics
 * of the batch in hand: an image's result depends on its neighbours, in prediction too. Where that is unwanted use
 * {@link groupNormLayer}.
 */
export function batchNormLayer<const O extends BatchNormLayerOptions>(
  options: Known<O, BatchNormLayerOptions>,
): Layer<Normalise<DTypeOf<O>>> {
  const { channels, epsilon = 1e-5 } = options;
  // The default of the type DTypeOf is this one.
  const dtype = (options.dtype ?? 'f32') as DTypeOf<O>;
  const type: Type<readonly number[], DTypeOf<O>> = { dtype, shape: [channels] };
  return layer(
    { gamma: parameter(type, ones), beta: parameter(type, zeros) },
    ({ gamma, beta }): Normalise<DTypeOf<O>> =>
      (x) =>
        batchNorm(x, { gamma, beta, epsilon }),
  );
}
