import { grad } from '../../autodiff/index.ts';
import { type Arrays, type Backend, compile } from '../../backends/index.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, type Type } from '../../graph/type.ts';
import { cast, mul, slice, sum } from '../../ops/index.ts';
import { spectrumOf } from './spectrum-of.ts';

/** Which answer of which function is looked at. */
export interface ResponseOptions {
  /** What is fed: [1, channels, …sizes], one or two spatial axes, large enough for the filter to lie inside. */
  readonly type: Type<readonly number[], FloatDType>;
  /** Values of the parameters and states that the function declares. */
  readonly values?: Arrays;
  /** Where a function that is not linear is taken for one; zeros unless given. */
  readonly at?: NdArray;
  /** Channel that goes in; 0 unless given. */
  readonly inChannel?: number;
  /** Channel that comes out; 0 unless given. */
  readonly outChannel?: number;
  readonly backend?: Backend;
}

/** What a filter is, in space and frequency. */
export interface FilterResponse {
  /** How much each input element counts in the middle element of the result: the filter, `f64[…sizes]`. */
  readonly weights: NdArray;
  /** What it leaves of each frequency's amplitude, `f64[…sizes]`, frequency k at index k, the negative ones from the middle on. */
  readonly magnitude: NdArray;
}

/**
 * The frequency response of any linear function of images, strided ones too (operators.md 5): of a node, a layer, a whole net without
 * activations. It is read off a row of the function's Jacobian, which our own gradient computes, for the element in the middle of the result;
 * so it is what happens before samples are dropped. Of a function that is not linear, its linearisation at `at`.
 *
 * @throws CotangentError `response/shape` unless planes of one or two axes go in and come out, `response/channel` for a channel that is none.
 */
export function responseOf(f: (x: Tensor) => Tensor, options: ResponseOptions): FilterResponse {
  const { type, values = {}, at = array(type), inChannel = 0, outChannel = 0, backend } = options;
  const g = new GraphBuilder();
  const x = g.input('x', type);
  const y = f(x);
  const rank = type.shape.length - 2;
  if (type.shape[0] !== 1 || rank < 1 || rank > 2 || y.shape.length !== rank + 2)
    throw new CotangentError({
      code: 'response/shape',
      summary: `the filter makes [${y.shape}] of [${type.shape}]`,
      fix: 'look at a function of one image, [1, channels, …], with one or two spatial axes.',
    });
  checkChannel('inChannel', inChannel, type.shape[1]!);
  checkChannel('outChannel', outChannel, y.shape[1]!);
  const middle = [0, outChannel, ...y.shape.slice(2).map((size) => Math.floor(size / 2))];
  const one = slice(y, { starts: middle, limits: middle.map((at) => at + 1) });
  const row = cast(grad(sum(mul(one, 1)), x), 'f64');
  const executable = compile(g.build({ row }), backend === undefined ? {} : { backend });
  for (const [name, value] of Object.entries(values)) executable.write(name, value);
  const all = executable.run({ x: at }).row!;
  executable.close();
  const sizes = type.shape.slice(2);
  const plane = sizeOf(sizes);
  const weights = array(f64(...sizes), [...all.data.subarray(inChannel * plane, (inChannel + 1) * plane)]);
  return { weights, magnitude: spectrumOf(weights) };
}

function checkChannel(name: string, channel: number, channels: number): void {
  if (Number.isInteger(channel) && channel >= 0 && channel < channels) return;
  throw new CotangentError({
    code: 'response/channel',
    summary: `${name} is ${channel}, there are ${channels}`,
    fix: `give a whole number from 0 to ${channels - 1}.`,
  });
}
