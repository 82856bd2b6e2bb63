import { isFloat } from '../../../../graph/dtype.ts';
import type { Node } from '../../../../graph/graph.ts';
import { sizeOf, stridesOf } from '../../../../graph/shape.ts';
import type { Type } from '../../../../graph/type.ts';
import { type Choice, choiceFor, reads } from '../conv/choose.ts';
import type { Choosing } from '../conv/choosing.ts';
import type { Correlation } from '../conv/correlation.ts';
import type { KernelFor, Layouts, Takes } from '../kernel.ts';
import { reshaped } from '../movement/strided-axes.ts';
import { type Product, packedProduct, packs } from './packed.ts';

/** The kernel of a `matmul` node. */
export const matmulKernel: KernelFor = (node, types, _, { inputs }, choosing) => {
  const product = productOf(node, types);
  if (product !== undefined && packs(product))
    return packedProduct(product, {
      a: inputs.a ?? stridesOf(types.a!.shape),
      b: inputs.b ?? stridesOf(types.b!.shape),
    });
  const problem = problemOf(node, types, inputs);
  const chosen = choice(node, types, choosing);
  if (problem === undefined || chosen === undefined) return undefined;
  const kernel = chosen.kernel(problem, ({ inputs }) => ({ x: inputs.b!, w: inputs.a! }));
  return { ...kernel, measured: chosen.measured };
};

/** What the kernel of a `matmul` node reads. */
export const matmulTakes: Takes = (node, types, input, strides, choosing) => {
  const product = productOf(node, types);
  if (product !== undefined && packs(product)) return true;
  const problem = problemOf(node, types, { [input]: strides });
  const chosen = choice(node, types, choosing);
  return chosen !== undefined && problem !== undefined && reads(chosen, problem);
};

function choice(node: Node, types: { readonly [input: string]: Type }, choosing: Choosing): Choice | undefined {
  const problem = problemOf(node, types, {});
  return problem && choiceFor(node, problem, choosing);
}

/** A matrix product as such; undefined for numbers that are no floats. */
function productOf({ type }: Node, { a }: { readonly [input: string]: Type }): Product | undefined {
  const { dtype, shape } = type;
  if (!isFloat(dtype)) return undefined;
  return { dtype, lead: shape.slice(0, -2), m: shape.at(-2)!, k: a!.shape.at(-1)!, n: shape.at(-1)! };
}

const axis = { stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 };

/**
 * A matrix product as a correlation with windows of one element, the columns of b as positions and the rows of a as
 * weights; one group for each matrix. Where b is a vector, its elements are the taps of one window instead. Undefined for
 * numbers that are no floats, and where the matrices of one operand are not evenly apart.
 */
function problemOf(
  { type }: Node,
  { a, b }: { readonly [input: string]: Type },
  strides: Layouts['inputs'],
): Correlation | undefined {
  if (!isFloat(type.dtype)) return undefined;
  const [m, k] = a!.shape.slice(-2) as [number, number];
  const n = type.shape.at(-1)!;
  const groups = sizeOf(type.shape.slice(0, -2));
  const common = { dtype: type.dtype, batch: 1, groups, outputs: m };
  const left = reshaped(a!.shape, strides.a ?? stridesOf(a!.shape), [groups * m, k]);
  const right = reshaped(b!.shape, strides.b ?? stridesOf(b!.shape), n === 1 ? [groups, k] : [groups * k, n]);
  if (left === undefined || right === undefined) return undefined;
  const x = { outer: 0, channel: right[0]!, axes: [right[1]!] };
  const y = { outer: 0, channel: n, axes: [1] };
  return n === 1
    ? {
        ...{ ...common, channels: 1, axes: [{ ...axis, x: k, w: k, y: 1 }] },
        strides: { x, w: { outer: left[0]!, channel: 0, axes: [left[1]!] }, y },
      }
    : {
        ...{ ...common, channels: k, axes: [{ ...axis, x: n, w: 1, y: n }] },
        strides: { x, w: { outer: left[0]!, channel: left[1]!, axes: [0] }, y },
      };
}
