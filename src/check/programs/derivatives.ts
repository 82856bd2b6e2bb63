import { vjp } from '../../autodiff/vjp.ts';
import { isFloat } from '../../graph/dtype.ts';
import { type NoGradient, ruleFor } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Grown, Leaf } from './grow.ts';

/** A program with its gradients: all results, by name, and all inputs. */
export interface Level {
  readonly results: { readonly [name: string]: Tensor };
  readonly leaves: readonly Leaf[];
}

/** The program itself. */
export const levelOf = ({ results, leaves }: Grown): Level => ({
  results: Object.fromEntries(results.map((y, k) => [`y${k}`, y])),
  leaves,
});

/**
 * The gradients, for all float inputs, of what the float results are paired with: once more the same for the result;
 * undefined where no result can be differentiated by any input.
 */
export function differentiated({ results, leaves }: Level, order: number): Level | undefined {
  const { differentiable, sources } = pathsOf(Object.values(results), leaves);
  if (differentiable.length === 0) return undefined;
  const { graph } = differentiable[0]!;
  const cotangents = differentiable.map((y, k) => graph.input(`u${order}${k}`, { dtype: y.dtype, shape: y.shape }));
  const gradients = vjp(differentiable, sources, cotangents);
  const own = gradients.map((gradient, k) => [`d${order}${k}`, gradient] as const);
  return { results: Object.fromEntries(own), leaves: [...leaves, ...cotangents.map((tensor) => ({ tensor }))] };
}

/** Results that depend on inputs in ways that have rules, and those inputs. */
export function pathsOf(
  results: readonly Tensor[],
  leaves: readonly Leaf[],
): { readonly differentiable: Tensor[]; readonly sources: Tensor[] } {
  const floats = leaves.map(({ tensor }) => tensor).filter(({ dtype }) => isFloat(dtype));
  if (floats.length === 0) return { differentiable: [], sources: [] };
  const reaching = floats.map((leaf) => [leaf, reachedFrom([leaf], hasRule)] as const);
  const refused = reachedFrom(unruled(floats[0]!.graph.tensors), hasRuleOrShould);
  const differentiable = results.filter(
    (y) => isFloat(y.dtype) && !refused.has(y.id) && reaching.some(([, reached]) => reached.has(y.id)),
  );
  const sources = reaching.filter(([, reached]) => differentiable.some((y) => reached.has(y.id))).map(([leaf]) => leaf);
  return { differentiable, sources };
}

type Edge = 'rule' | NoGradient['kind'];
const hasRule = (edge: Edge): boolean => edge === 'rule';
const hasRuleOrShould = (edge: Edge): boolean => edge === 'rule' || edge === 'missing';

/** Where a rule is missing; behind constants, too, since how far their roundings carry is asked as well. */
const unruled = (tensors: readonly Tensor[]): Tensor[] =>
  tensors.filter(({ node, graph }) =>
    Object.entries(node.inputs).some(([key, from]) => {
      const rule = ruleFor(node.op, key);
      return isFloat(graph.tensor(from).dtype) && typeof rule !== 'function' && rule.kind === 'missing';
    }),
  );

/** Ids of the floats that depend on any of these along edges that `follow` accepts. */
function reachedFrom(sources: readonly Tensor[], follow: (edge: Edge) => boolean): Set<string> {
  const reached = new Set(sources.map(({ id }) => id));
  for (const { id, node, dtype } of sources[0]?.graph.tensors ?? []) {
    if (!isFloat(dtype)) continue;
    for (const [key, from] of Object.entries(node.inputs)) {
      if (!reached.has(from)) continue;
      const rule = ruleFor(node.op, key);
      if (follow(typeof rule === 'function' ? 'rule' : rule.kind)) reached.add(id);
    }
  }
  return reached;
}
