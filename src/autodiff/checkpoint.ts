import type { DType } from '../graph/dtype.ts';
import type { Shape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { barrier } from '../ops/control/barrier.ts';
import { customVjp } from './custom-vjp.ts';
import { vjp } from './vjp.ts';

/**
 * Computes `f(inputs)` so that a backward pass recomputes what is inside instead of keeping it: memory for time.
 * The recomputed nodes start at a barrier, which hash-consing cannot merge with the first computation.
 */
export function checkpoint<const I extends { readonly [name: string]: Tensor }, S extends Shape, D extends DType>(
  inputs: I,
  f: (inputs: I) => Tensor<S, D>,
): Tensor<S, D> {
  return customVjp(inputs, f, ({ ct, y }) => {
    const again = Object.fromEntries(
      Object.keys(inputs).map((name) => [name, barrier(inputs[name]!, `recompute:${y.id}`)]),
    ) as I;
    return vjp(f(again), again, ct) as { readonly [K in keyof I]: Tensor };
  });
}
