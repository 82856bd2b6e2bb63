import { compile } from '../backends/compile.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { CotangentError } from '../graph/error.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { type Shape, sameShape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { f64 } from '../graph/type.ts';
import { add, fft, fft2, mul, sqrt } from '../ops/index.ts';

/**
 * What a linear, shift-invariant filter leaves of every frequency (operators.md 5): the magnitude of the transform of its
 * answer to one impulse in x[1,1,…size], frequency k at index k (from the middle of an axis on those are the negative
 * ones). Average pooling of stride 1 shows the side lobes of a sinc: it is a poor low-pass filter.
 *
 * @param filter from a plane to a plane of the same size; its support must fit in `size`
 * @param size of one or two axes
 * @throws CotangentError `frequency-response/size` for other sizes or filters that change them.
 */
export function frequencyResponse(filter: (x: Tensor) => Tensor, size: Shape): NdArray {
  const g = new GraphBuilder();
  const type = f64(1, 1, ...size);
  const y = filter(g.input('x', type));
  if (size.length < 1 || size.length > 2 || !sameShape(y.shape, type.shape))
    throw new CotangentError({
      code: 'frequency-response/size',
      summary: `the filter makes [${y.shape}] of [${type.shape}]`,
      fix: 'analyse a filter of stride 1 that keeps the size, over one or two axes.',
    });
  const { real, imag } = size.length === 1 ? fft(y) : fft2(y);
  const magnitude = sqrt(add(mul(real, real), mul(imag, imag)));
  const impulse = array(type);
  const middle = size.reduce((position, length) => position * length + Math.floor(length / 2), 0);
  impulse.data[middle] = 1;
  const { response } = compile(g.build({ response: magnitude })).run({ x: impulse });
  return array(f64(...size), response!.data);
}
