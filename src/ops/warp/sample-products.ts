import type { MultiplyAdds } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Type } from '../../graph/type.ts';
import { widthOf } from './interpolation.ts';
import type { SampleAttributes } from './sample.ts';

/** The products of `sample` or `splat`, by the type of what stands at the positions. Which of them are outside only a run tells. */
export function sampleProducts(placed: Type, { axes }: Pick<SampleAttributes, 'axes'>): MultiplyAdds {
  const count = axes.reduce((product, { kernel }) => product * widthOf(kernel), sizeOf(placed.shape));
  return { exact: count, formula: count };
}
