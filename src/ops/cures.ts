import { positionOf } from '../graph/builder.ts';
import { CotangentError, GraphError } from '../graph/error.ts';
import type { Shape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';

/** Makers further away than this are not asked. */
const furthest = 40;

/**
 * Runs what refuses operands of different sizes, and adds to its refusal how they would come to be of one: for every two that differ after batch
 * and channels, what the maker of either could be told instead.
 */
export function withCures<T>(operands: { readonly [name: string]: Tensor }, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof CotangentError)) throw error;
    const cures = curesFor(Object.entries(operands));
    if (cures.length === 0) throw error;
    const fault = { ...error, summary: error.summary, details: [...error.details, ...cures] };
    throw error instanceof GraphError ? new GraphError(fault, error.op) : new CotangentError(fault);
  }
}

const curesFor = (operands: readonly (readonly [name: string, tensor: Tensor])[]): string[] =>
  operands.flatMap(([name, tensor]) =>
    operands.flatMap(([other, { shape }]) => {
      const cure = other === name ? undefined : cureOf(tensor, shape);
      return cure === undefined ? [] : [`${name} would be ${shape.slice(2).join('×')}, as ${other} is, with ${cure}`];
    }),
  );

function cureOf(tensor: Tensor, wanted: Shape): string | undefined {
  const rank = wanted.length;
  const differs = wanted.some((size, axis) => axis >= 2 && size !== tensor.shape[axis]);
  if (tensor.shape.length !== rank || rank < 3 || !differs) return undefined;
  let at: Tensor | undefined = tensor;
  for (let step = 0; at !== undefined && step < furthest; step++) {
    const { op, attributes, scope }: Tensor['node'] = at.node;
    const operands = operandsOf(at);
    const types: { [name: string]: Type } = Object.fromEntries([...operands, ['y', at]]);
    const cure = op.cure?.(types, attributes, wanted);
    if (cure !== undefined) return `${cure} in ${scope ?? op.name}`;
    const sizes: string = at.shape.slice(2).join();
    // What has its size from one of its inputs is not to blame, but that one's maker may be.
    at = operands.find(([, { shape }]) => shape.length === rank && shape.slice(2).join() === sizes)?.[1];
  }
  return undefined;
}

const operandsOf = ({ node, graph }: Tensor): (readonly [name: string, tensor: Tensor])[] =>
  Object.entries(node.inputs).map(([name, id]) => [name, graph.tensors[positionOf(id)]!]);
