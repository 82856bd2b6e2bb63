import { isFloat } from '../../../../graph/dtype.ts';
import type { Node } from '../../../../graph/graph.ts';
import type { Type } from '../../../../graph/type.ts';
import type { ConvAttributes } from '../../../../ops/window/conv.ts';
import type { Finishes, KernelFor, Stores, Strides, Takes } from '../kernel.ts';
import { type Choice, choiceFor, reads } from './choose.ts';
import type { Choosing } from './choosing.ts';
import { type Correlation, correlationOf } from './correlation.ts';
import type { Operands } from './direct.ts';

/** The kernel of a `conv` node. */
export const convKernel: KernelFor = (node, types, _, { inputs, output, epilogue }, choosing) => {
  const problem = problemOf(node, types, { x: inputs.x, w: inputs.w, y: output }, epilogue?.strides);
  const operands: Operands = ({ inputs }) => ({ x: inputs.x!, w: inputs.w! });
  const chosen = choice(node, types, choosing);
  if (problem === undefined || chosen === undefined) return undefined;
  const kernel = chosen.kernel(problem, operands, epilogue);
  const name = epilogue === undefined ? kernel.name : `${kernel.name}, ${epilogue.name}`;
  return { ...kernel, name, measured: chosen.measured };
};

/** What the kernel of a `conv` node reads. */
export const convTakes: Takes = (node, types, input, strides, choosing) => {
  const problem = problemOf(node, types, { [input]: strides });
  const chosen = choice(node, types, choosing);
  return chosen !== undefined && problem !== undefined && reads(chosen, problem);
};

/** How the kernel of a `conv` node writes. */
export const convStores: Stores = (node, types, _, choosing) => choice(node, types, choosing) !== undefined;

/** Whether the kernel of a `conv` node hands results on. */
export const convFinishes: Finishes = (node, types, epilogue, choosing) =>
  choice(node, types, choosing)?.finishes(epilogue) ?? false;

function choice(node: Node, types: { readonly [input: string]: Type }, choosing: Choosing): Choice | undefined {
  const problem = problemOf(node, types, {});
  return problem && choiceFor(node, problem, choosing);
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
