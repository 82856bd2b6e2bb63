import type { FloatDType } from '../../graph/dtype.ts';
import { scaleAndShift, standardise } from '../../ops/composite/norm/standardise.ts';
import { reshape } from '../../ops/index.ts';
import { ones, zeros } from '../initialisers/constant.ts';
import { type Layer, layer, parameter } from '../layer.ts';
import type { Image } from './image.ts';

/**
 * Normalises the channels of each position by themselves, with parameters `gamma` and `beta` [channels], which start as 1
 * and 0. Unlike a norm that sees the whole image, it leaves what a position's window makes of it to that window alone.
 */
export function positionNormLayer(options: {
  readonly channels: number;
  readonly dtype: FloatDType;
}): Layer<(x: Image) => Image> {
  const { channels, dtype } = options;
  const type = { dtype, shape: [channels] };
  return layer({ gamma: parameter(type, ones), beta: parameter(type, zeros) }, ({ gamma, beta }) => {
    const perChannel = (p: Image): Image => reshape(p, [channels, 1, 1]);
    return (x) => scaleAndShift(standardise(x, [1], 1e-5), perChannel(gamma), perChannel(beta)) as Image;
  });
}
