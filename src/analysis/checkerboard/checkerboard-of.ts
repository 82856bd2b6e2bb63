import { grad } from '../../autodiff/index.ts';
import { type Arrays, type Backend, compile } from '../../backends/index.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import type { FloatDType } from '../../graph/dtype.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { cast, mean, sum } from '../../ops/index.ts';
import { fraction, philox4x32 } from '../../ops/random/philox.ts';
import { type Checkerboard, checkerboardIn } from './checkerboard-in.ts';

/** What is fed and looked for. */
export interface CheckerboardOptions {
  /** The images that are fed, [N, channels, H, W]: large enough that the borders are not all that there is. */
  readonly type: Type<readonly number[], FloatDType>;
  /** What patterns to look for, in elements of the result: the product of the net's strides. */
  readonly period: number | readonly [number, number];
  /** Values of the parameters and states that the function declares. */
  readonly values?: Arrays;
  /** The least and greatest grey of the images; 0 and 1 unless given. */
  readonly levels?: readonly [number, number];
  /**
   * - `'response'`, the default: what is made of flat images, whose grey levels are spread evenly over the batch. Whatever
   *   alternates was not in the image.
   * - `'gradient'`: the gradient of the sum of the result by the image, on images of noise, averaged over the batch: strided
   *   convolutions that read some elements more often than others learn and attack unevenly (Odena et al. 2016).
   */
  readonly of?: 'response' | 'gradient';
  readonly backend?: Backend;
}

/**
 * The checkerboard that a net or one of its layers makes (operators.md 39): none where nothing but the content of an image
 * decides, wherever it stands. Works for whatever makes planes [N, C, H′, W′] of images.
 *
 * @throws CotangentError `checkerboard/period`.
 */
export function checkerboardOf(net: (x: Tensor) => Tensor, options: CheckerboardOptions): Checkerboard {
  const { type, period, values = {}, of = 'response', backend } = options;
  const g = new GraphBuilder();
  const x = g.input('x', type);
  const scores = net(x);
  const y = of === 'response' ? scores : mean(grad(sum(scores), x), { axes: [0] });
  const executable = compile(g.build({ y: cast(y, 'f64') }), backend === undefined ? {} : { backend });
  for (const [name, value] of Object.entries(values)) executable.write(name, value);
  const response = executable.run({ x: of === 'response' ? flat(options) : noise(options) }).y!;
  executable.close();
  return checkerboardIn(middle(response, period), period);
}

function flat({ type, levels: [low, high] = [0, 1] }: CheckerboardOptions): NdArray {
  const x = array(type);
  const [images] = type.shape;
  const size = sizeOf(type.shape.slice(1));
  for (let n = 0; n < images!; n++) x.data.fill(low + ((n + 0.5) * (high - low)) / images!, n * size, (n + 1) * size);
  return x;
}

function noise({ type, levels: [low, high] = [0, 1] }: CheckerboardOptions): NdArray {
  const x = array(type);
  for (let i = 0; i < x.data.length; i++) {
    const [a, b] = philox4x32([i, 0, 0, 0], [0, 0]);
    x.data[i] = low + fraction(a, b) * (high - low);
  }
  return x;
}

/** The middle half of planes along each axis, from a multiple of the period on; all of it where that is too little. */
function middle(planes: NdArray, period: CheckerboardOptions['period']): NdArray {
  const periods = typeof period === 'number' ? [period, period] : period;
  const [height, width] = planes.shape.slice(-2) as [number, number];
  const [rows, columns] = [height, width].map((length, axis) => {
    const p = periods[axis]!;
    const from = Math.floor(length / 4 / p) * p;
    return length - 2 * from >= 3 * p - 2 ? { from, to: length - from } : { from: 0, to: length };
  }) as [{ from: number; to: number }, { from: number; to: number }];
  const shape = [...planes.shape.slice(0, -2), rows.to - rows.from, columns.to - columns.from];
  const kept = planes.data.filter((_, at) => {
    const [i, j] = [Math.floor(at / width) % height, at % width];
    return i >= rows.from && i < rows.to && j >= columns.from && j < columns.to;
  });
  return array({ dtype: planes.dtype, shape }, kept);
}
