import { describe } from '../graph/builder.ts';
import { GraphError } from '../graph/error.ts';
import type { Tensor } from '../graph/tensor.ts';
import { type Edge, edgesInto } from './dependence.ts';

/**
 * Refuses a gradient that could only flow through something without derivatives: names the path from the result to
 * the tensor asked for, and on it every input that stops a cotangent.
 *
 * A tensor that the results do not depend on at all, or only through declared zeros, is fine: its gradient is zero.
 */
export function refuseBlockedPath(results: readonly Tensor[], wrt: Tensor): void {
  const path = findPath(results, wrt);
  if (path === undefined) return;
  const stops = path.filter(({ rule }) => typeof rule !== 'function');
  const steps = [describe('result', path[0]!.to), ...path.map(describeStep)];
  // The stop nearest to what was asked for: what lies behind it was computed from its whole numbers.
  const stop = stops.at(-1)!.to.node.op.name;
  throw new GraphError(
    {
      code: 'grad/nondifferentiable',
      summary: `no gradient of ${path[0]!.to.id} with respect to ${wrt.id}: it only flows through ${stop}`,
      details: ['the path from the result:', ...shorten(steps).map((step) => `  ${step}`)],
      fix: 'use a differentiable operator there (e.g. softmax in place of argmax), or wrap the part in stopGradient or customVjp.',
    },
    stop,
  );
}

/** Refuses a gradient whose rule nobody wrote; `path` leads from the result to it. */
export function refuseMissingRule(edge: Edge): never {
  const reason = typeof edge.rule === 'function' ? '' : edge.rule.reason;
  throw new GraphError(
    {
      code: 'grad/missing',
      summary: `${edge.to.node.op.name} has no gradient rule for its input '${edge.key}': ${reason}`,
      details: [describe('result', edge.to), describe(edge.key, edge.from)],
      fix: `add vjp.${edge.key} to the operator's record, or wrap the call in customVjp.`,
    },
    edge.to.node.op.name,
  );
}

/** A path through a deep net must fit a screen: its ends, and every step that stops a cotangent. */
function shorten(steps: readonly string[]): string[] {
  const ends = 6;
  const kept = (i: number): boolean => i < ends || i >= steps.length - ends || steps[i]!.includes('✗');
  return steps.flatMap((step, i) => {
    if (kept(i)) return [step];
    return kept(i - 1) ? ['…'] : [];
  });
}

function describeStep({ key, from, to, rule }: Edge): string {
  const stop = typeof rule === 'function' ? '' : `   ✗ ${rule.kind}: ${rule.reason}`;
  return `← ${describe(`${to.node.op.name}.${key}`, from)}${stop}`;
}

/** The edges from a result back to `wrt`, first the result's; never across a declared zero. */
function findPath(results: readonly Tensor[], wrt: Tensor): readonly Edge[] | undefined {
  const cameBy = new Map<string, Edge | undefined>(results.map((result) => [result.id, undefined]));
  const queue = [...results];
  for (let tensor = queue.pop(); tensor !== undefined; tensor = queue.pop()) {
    for (const edge of edgesInto(tensor)) {
      if (cameBy.has(edge.from.id) || (typeof edge.rule !== 'function' && edge.rule.kind === 'zero')) continue;
      cameBy.set(edge.from.id, edge);
      queue.push(edge.from);
    }
  }
  const path: Edge[] = [];
  for (let edge = cameBy.get(wrt.id); edge !== undefined; edge = cameBy.get(edge.to.id)) path.unshift(edge);
  return path.length === 0 ? undefined : path;
}
