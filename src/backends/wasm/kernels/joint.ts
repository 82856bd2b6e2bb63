import type { Node } from '../../../graph/graph.ts';
import type { AnyOp } from '../../../graph/op.ts';
import type { Type } from '../../../graph/type.ts';
import { argmaxWindowOp } from '../../../ops/window/argmax-window.ts';
import { gatherOp } from '../../../ops/window/gather.ts';
import type { Kernel, Layouts } from './kernel.ts';
import { maximaAndPositions, readsMaxima } from './window/maxima.ts';

type Nodes = ReadonlyMap<string, Node>;

/** By definition: the input whose maker comes by this node's values too, if that one does. */
const followers: ReadonlyMap<AnyOp['kernel'], (node: Node, byId: Nodes) => string | undefined> = new Map([
  [gatherOp.kernel, readsMaxima],
]);

/** The kernel of a node and others whose values it comes by; `results` are the ids of those that are wanted. */
type JointKernel = (
  first: Node,
  others: readonly Node[],
  types: { readonly [input: string]: Type },
  layouts: Layouts,
  results: readonly string[],
) => Kernel;

const kernels: ReadonlyMap<AnyOp['kernel'], JointKernel> = new Map([[argmaxWindowOp.kernel, maximaAndPositions]]);

/** The node in whose one pass over its inputs this one's values come up too: one that it reads, with the same inputs. */
export function firstOf(node: Node, byId: Nodes): Node | undefined {
  const input = followers.get(node.op.kernel)?.(node, byId);
  return input === undefined ? undefined : byId.get(node.inputs[input]!);
}

export const jointKernel: JointKernel = (first, others, types, layouts, results) =>
  kernels.get(first.op.kernel)!(first, others, types, layouts, results);
