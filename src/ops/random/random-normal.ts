import type { GraphBuilder } from '../../graph/builder.ts';
import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { cos } from '../pointwise/cos.ts';
import { log } from '../pointwise/log.ts';
import { mul } from '../pointwise/mul.ts';
import { sqrt } from '../pointwise/sqrt.ts';
import { sub } from '../pointwise/sub.ts';
import { type RandomOptions, random } from './random.ts';

/** Standard normal numbers, by Box and Muller; what they depend on is as with `random`. */
export const randomNormal = <const S extends Shape, D extends FloatDType>(
  g: GraphBuilder,
  type: Type<S, D>,
  { stream = '', ...options }: RandomOptions = {},
): Tensor<S, D> =>
  g.scope('randomNormal', () => {
    const evenly = (part: string): Tensor => random(g, type, { ...options, stream: `${stream} ${part}` });
    // 1 − u is never zero, so the logarithm is finite.
    const radius = sqrt(mul(log(sub(1, evenly('radius'))), -2));
    // Every step keeps the type.
    return mul(radius, cos(mul(evenly('angle'), 2 * Math.PI))) as Tensor as Tensor<S, D>;
  });
