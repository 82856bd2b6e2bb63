import { isFloat } from '../graph/dtype.ts';
import { type NoGradient, type Rule, ruleFor } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';

/** An input of a node, seen as a way for a cotangent to flow back. */
export interface Edge {
  readonly key: string;
  readonly from: Tensor;
  readonly to: Tensor;
  readonly rule: Rule<string, object> | NoGradient;
}

const integers: NoGradient = { kind: 'nondiff', reason: 'whole numbers and masks have no tangents' };

/**
 * The inputs of a node with what its operator declares for each. Values that are not floats have no tangents at all,
 * but an operator may declare that its result does not move with them: the mask of a select, the positions of a gather
 * are constant between switches, so gradients of such choices can be differentiated again.
 */
export function edgesInto(to: Tensor): Edge[] {
  return Object.entries(to.node.inputs).map(([key, id]) => {
    const from = to.graph.tensor(id);
    const declared = ruleFor(to.node.op, key);
    const constant = typeof declared !== 'function' && declared.kind === 'zero';
    const rule = constant || (isFloat(from.dtype) && isFloat(to.dtype)) ? declared : integers;
    return { key, from, to, rule };
  });
}

/** A rule, or a `missing` one, which matters only once a cotangent arrives there. */
export const carriesGradient = ({ rule }: Edge): boolean => typeof rule === 'function' || rule.kind === 'missing';

/** Ids of the nodes among `nodes` (oldest first) that depend on `sources` along edges that `follow` accepts. */
export function dependents(
  nodes: readonly Tensor[],
  sources: readonly Tensor[],
  follow: (edge: Edge) => boolean,
): Set<string> {
  const reached = new Set(sources.map((source) => source.id));
  for (const tensor of nodes)
    if (!reached.has(tensor.id) && edgesInto(tensor).some((edge) => reached.has(edge.from.id) && follow(edge)))
      reached.add(tensor.id);
  return reached;
}
