import { positionOf } from '../graph/builder.ts';
import { isFloat } from '../graph/dtype.ts';
import { CotangentError, GraphError } from '../graph/error.ts';
import type { RuleValues } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';
import { sameType, showType } from '../graph/type.ts';
import { accumulate, zerosLike } from '../ops/vector-space.ts';
import { refuseBlockedPath, refuseMissingRule } from './blocked-path.ts';
import { carriesGradient, dependents, type Edge, edgesInto } from './dependence.ts';
import { inFormOf, type Like, listOf, matchLists, type Tensors } from './tensors.ts';

/**
 * Reverse mode: appends to the graph the vector-Jacobian product Σₖ cotangentₖ · ∂outputₖ/∂wrt, in the form of `wrt`.
 * The result is graph like any other, so it can be differentiated again.
 *
 * @throws GraphError `grad/nondifferentiable` when a tensor reaches the outputs only where there is no derivative,
 * `grad/missing` when a rule that is needed was not written, `grad/dtype` for tensors that are not floats.
 */
export function vjp<W extends Tensors>(outputs: Tensors, wrt: W, cotangents: Tensors): Like<W> {
  const seeds = matchLists('outputs and cotangents', outputs, cotangents);
  const sources = listOf(wrt);
  for (const [output, ct] of seeds) checkSeed(output, ct);
  for (const source of sources) checkFloat(source);
  if (seeds.length === 0 || sources.length === 0) return inFormOf(wrt, sources.map(zerosLike));
  const { graph } = seeds[0]![0];
  return inFormOf(
    wrt,
    graph.madeHere(() => pullBack(seeds, sources)),
  );
}

function pullBack(seeds: readonly (readonly [Tensor, Tensor])[], sources: readonly Tensor[]): Tensor[] {
  const last = Math.max(...seeds.map(([output]) => positionOf(output.id)));
  const nodes = seeds[0]![0].graph.tensors.slice(0, last + 1);
  const active = dependents(nodes, sources, carriesGradient);
  const results = seeds.map(([output]) => output);
  const cotangents = new Map<string, Tensor>();
  const give = (to: Tensor, ct: Tensor): void => {
    const sum = cotangents.get(to.id);
    cotangents.set(to.id, sum === undefined ? ct : accumulate(sum, ct));
  };
  for (const [output, ct] of seeds) give(output, ct);
  const reached = new Set<string>();
  for (const y of nodes.toReversed()) {
    const ct = cotangents.get(y.id);
    if (ct === undefined || !active.has(y.id)) continue;
    reached.add(y.id);
    const edges = edgesInto(y);
    // Once per node: a concat of thousands has a rule call for each of them.
    const values: { [name: string]: Tensor } = { y, ct };
    for (const { key, from } of edges) values[key] = from;
    for (const edge of edges)
      if (active.has(edge.from.id) && carriesGradient(edge)) give(edge.from, pull(edge, values as RuleValues<string>));
  }
  return sources.map((source) => {
    if (!reached.has(source.id)) refuseBlockedPath(results, source);
    return cotangents.get(source.id) ?? zerosLike(source);
  });
}

/** One rule, its result held against the input it is for. */
function pull(edge: Edge, values: RuleValues<string>): Tensor {
  const { key, from, to, rule } = edge;
  if (typeof rule !== 'function') refuseMissingRule(edge);
  const result = rule(values, to.node.attributes, key);
  if (!sameType(result, from))
    throw new GraphError(
      {
        code: 'grad/rule-type',
        summary: `the rule of ${to.node.op.name} for '${key}' gives ${showType(result)}, its input is ${showType(from)}`,
        fix: `mend vjp.${key}: a cotangent has the type of its input.`,
      },
      to.node.op.name,
    );
  return result;
}

function checkFloat(source: Tensor): void {
  if (isFloat(source.dtype)) return;
  throw new CotangentError({
    code: 'grad/dtype',
    summary: `no gradient with respect to ${source}: ${source.dtype} values have no tangents`,
    fix: 'differentiate with respect to f32 or f64 tensors.',
  });
}

function checkSeed(output: Tensor, ct: Tensor): void {
  if (isFloat(output.dtype) && sameType(output, ct)) return;
  throw new CotangentError({
    code: 'grad/cotangent',
    summary: `the output is ${showType(output)}, its cotangent ${showType(ct)}`,
    fix: 'give a cotangent of the same float type as its output.',
  });
}
