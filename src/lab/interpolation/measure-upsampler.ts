import { checkerboardIn, costOf } from '../../analysis/index.ts';
import type { Arrays, Backend } from '../../backends/backend.ts';
import { compile } from '../../backends/compile.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { declareParameters, type Types } from '../../nn/index.ts';

/** A way to make planes [N, 1, H, W] twice as large. */
export interface Upsampling {
  readonly name: string;
  /** How it was made: by formula or by learning. */
  readonly kind: 'fixed' | 'learnt';
  readonly parameterTypes: Types;
  readonly values: Arrays;
  apply(x: Tensor, parameters: { readonly [name: string]: Tensor }): Tensor;
}

/** What an upsampling makes of planes and what that costs. */
export interface Measured {
  readonly result: NdArray;
  /** Multiply-adds per element of the result. */
  readonly macs: number;
  /** The fastest of five runs over all planes. */
  readonly milliseconds: number;
  /** How much of the error is a pattern of every second element: 0 for none of it. */
  readonly checkerboard: number;
}

/** Runs an upsampling on planes [N, 1, H, W] and compares it with the true planes [N, 1, 2H, 2W]. */
export function measureUpsampler(
  backend: Backend,
  { apply, parameterTypes, values }: Upsampling,
  x: NdArray,
  truth: NdArray,
): Measured {
  const g = new GraphBuilder();
  const y = apply(g.input('x', x), declareParameters(g, parameterTypes));
  const graph = g.build({ y });
  const executable = compile(graph, { backend });
  try {
    for (const [name, value] of Object.entries(values)) executable.write(name, value);
    let result = executable.run({ x }).y!;
    let milliseconds = Number.POSITIVE_INFINITY;
    for (let k = 0; k < 5; k++) {
      const began = performance.now();
      result = executable.run({ x }).y!;
      milliseconds = Math.min(milliseconds, performance.now() - began);
    }
    const error = array(
      f64(...result.shape),
      Float64Array.from(result.data, (value, i) => value - truth.data[i]!),
    );
    return {
      result,
      macs: costOf(graph).total.macs / result.data.length,
      milliseconds,
      checkerboard: checkerboardIn(error, 2).score,
    };
  } finally {
    executable.close();
  }
}
