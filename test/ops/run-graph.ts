import { compile } from '../../src/backends/index.ts';
import type { NdArray } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';

/** The arrays of several tensors of one graph. */
export function runGraph<K extends string>(
  outputs: { readonly [k in K]: Tensor },
  feeds: { readonly [name: string]: NdArray },
): { readonly [k in K]: NdArray } {
  const [first] = Object.values<Tensor>(outputs);
  return compile(first!.graph.build(outputs)).run(feeds) as { readonly [k in K]: NdArray };
}
