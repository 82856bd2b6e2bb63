import { isFloat } from '../../../../graph/dtype.ts';
import type { Node } from '../../../../graph/graph.ts';
import type { Type } from '../../../../graph/type.ts';
import type { ConvAttributes } from '../../../../ops/window/conv.ts';
import type { Finishes, KernelFor, Stores, Strides, Takes } from '../kernel.ts';
import { type Choice, choiceFor, reads } from './choose.ts';
import { type Correlation, correlationOf } from './correlation.ts';
import type { Operands } from './direct.ts';

/** The kernel of a `conv` node. */
export const convKernel: KernelFor = (node, types, _, { inputs, output, epilogue }, exact) => {
  const problem = problemOf(node, types, { x: inputs.x, w: inputs.w, y: output }, epilogue?.strides);
  const operands: Operands = ({ inputs }) => ({ x: inputs.x!, w: inputs.w! });
  const kernel = problem && choice(node, types, exact)?.kernel(problem, operands, epilogue);
  return kernel && epilogue ? { ...kernel, name: `${kernel.name}, ${epilogue.name}` } : kernel;
};

/** What the kernel of a `conv` node reads. */
export const convTakes: Takes = (node, types, input, strides, exact) => {
  const problem = problemOf(node, types, { [input]: strides });
  const chosen = choice(node, types, exact);
  return chosen !== undefined && problem !== undefined && reads(chosen, problem);
};

/** How the kernel of a `conv` node writes. */
export const convStores: Stores = (node, types, _, exact) => choice(node, types, exact) !== undefined;

/** Whether the kernel of a `conv` node hands results on. */
export const convFinishes: Finishes = (node, types, epilogue, exact) =>
  choice(node, types, exact)?.finishes(epilogue) ?? false;

function choice(node: Node, types: { readonly [input: string]: Type }, exact: boolean): Choice | undefined {
  const problem = problemOf(node, types, {});
  return problem && choiceFor(node, problem, exact);
}

function problemOf(
  { type, attributes }: Node,
  types: { readonly [input: string]: Type },
  strides: { readonly [operand in 'x' | 'w' | 'y']?: Strides },
  results?: readonly (readonly number[])[],
): Correlation | undefined {
  const { axes, groups } = attributes as ConvAttributes;
  if (!isFloat(type.dtype)) return undefined;
  const shapes = { x: types.x!.shape, w: types.w!.shape, y: type.shape };
  return correlationOf(type.dtype, shapes, axes, groups, strides, results);
}
