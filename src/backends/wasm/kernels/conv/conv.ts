import { isFloat } from '../../../../graph/dtype.ts';
import type { Node } from '../../../../graph/graph.ts';
import type { Type } from '../../../../graph/type.ts';
import type { ConvAttributes } from '../../../../ops/window/conv.ts';
import type { KernelFor, Layouts, Takes } from '../kernel.ts';
import { choose, reads } from './choose.ts';
import { type Correlation, correlationOf } from './correlation.ts';

/** The kernel of a `conv` node. */
export const convKernel: KernelFor = (node, types, _, { inputs }, exact) => {
  const problem = problemOf(node, types, inputs);
  return problem && choose(problem, ({ inputs }) => ({ x: inputs.x!, w: inputs.w! }), exact);
};

/** What the kernel of a `conv` node reads. */
export const convTakes: Takes = (node, types, input, strides, exact) => {
  const problem = problemOf(node, types, { [input]: strides });
  return problem !== undefined && reads(problem, exact);
};

function problemOf(
  { type, attributes }: Node,
  types: { readonly [input: string]: Type },
  strides: Layouts['inputs'],
): Correlation | undefined {
  const { axes, groups } = attributes as ConvAttributes;
  if (!isFloat(type.dtype)) return undefined;
  const shapes = { x: types.x!.shape, w: types.w!.shape, y: type.shape };
  return correlationOf(type.dtype, shapes, axes, groups, { x: strides.x, w: strides.w });
}
