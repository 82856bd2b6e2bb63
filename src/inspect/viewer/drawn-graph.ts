import { costOf, type NodeCost, type ScopeCost } from '../../analysis/index.ts';
import { attributeText } from '../../graph/attributes.ts';
import { whereMade } from '../../graph/builder.ts';
import type { Graph, Node } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { showType } from '../../graph/type.ts';
import { rulesOf } from './rule-text.ts';

/** More nodes than this side by side in one scope are put into parts, or nobody could look at them. */
const mostSiblings = 80;
const longestAttributes = 600;

/** A node as the viewer has it; short names, since there may be thousands. */
interface DrawnNode {
  readonly id: string;
  /** Its operator, or its name for inputs, parameters and states. */
  readonly n: string;
  readonly k: 'input' | 'parameter' | 'state' | 'operator' | 'constant';
  readonly t: string;
  /** Path of scopes. */
  readonly s: readonly string[];
  /** Names and ids of what it reads. */
  readonly i: readonly (readonly [string, string])[];
  readonly a?: string;
  /** Where in the user's program it was made. */
  readonly w?: string;
  /** Multiply-adds, FLOPs and bytes moved. */
  readonly c?: readonly [number, number, number];
  /** Which text is its rule. */
  readonly r?: number;
}

/** Everything that the page's program needs to draw a graph. */
export interface DrawnGraph {
  readonly nodes: readonly DrawnNode[];
  readonly outputs: readonly (readonly [name: string, id: string])[];
  readonly rules: readonly string[];
}

/** A graph made ready to be looked at: nodes with their scopes, costs, makers and rules. */
export function drawnGraph(graph: Graph): DrawnGraph {
  const { texts, of } = rulesOf(graph);
  const costs = new Map<string, NodeCost>();
  const gather = (scope: ScopeCost): void => {
    for (const node of scope.nodes) costs.set(node.id, node);
    for (const inner of scope.scopes) gather(inner);
  };
  gather(costOf(graph).total);
  const paths = partedScopes(graph.nodes);
  const nodes = graph.nodes.map((node): DrawnNode => {
    const cost = costs.get(node.id);
    const rule = of.get(node.id);
    const made = whereMade(node);
    const attributes = isInput(node) ? '{}' : attributeText(node.attributes);
    return {
      id: node.id,
      ...named(node),
      t: showType(node.type),
      s: paths.get(node.id)!,
      i: Object.entries(node.inputs),
      ...(attributes === '{}'
        ? {}
        : { a: attributes.length > longestAttributes ? `${attributes.slice(0, longestAttributes)} …` : attributes }),
      ...(made === undefined ? {} : { w: made }),
      ...(cost === undefined ? {} : { c: [cost.macs, cost.flops, cost.read + cost.written] }),
      ...(rule === undefined ? {} : { r: rule }),
    };
  });
  return { nodes, outputs: Object.entries(graph.outputs), rules: texts };
}

function named(node: Node): Pick<DrawnNode, 'n' | 'k'> {
  if (isInput(node)) {
    const { role, name } = inputAttributes(node);
    return { n: name, k: role };
  }
  return { n: node.op.name, k: Object.keys(node.inputs).length === 0 ? 'constant' : 'operator' };
}

/** Each node's path of scopes, crowded scopes split into parts in the order of the nodes. */
function partedScopes(nodes: readonly Node[]): ReadonlyMap<string, readonly string[]> {
  const crowds = new Map<string, Node[]>();
  const outside = scopesOutside(nodes);
  for (const node of nodes) {
    if (isInput(node)) continue;
    const scope = node.scope ?? outside.get(node.id) ?? '';
    crowds.set(scope, [...(crowds.get(scope) ?? []), node]);
  }
  const paths = new Map<string, readonly string[]>();
  for (const [scope, members] of crowds) {
    const path = scope === '' ? [] : scope.split('/');
    const parts = Math.ceil(members.length / mostSiblings);
    members.forEach((node, k) => {
      const part = Math.floor((k * parts) / members.length);
      paths.set(node.id, parts === 1 ? path : [...path, `part ${part + 1} of ${parts}`]);
    });
  }
  for (const node of nodes) if (!paths.has(node.id)) paths.set(node.id, []);
  return paths;
}

/**
 * Where nodes outside all scopes are put when there are many, as in a gradient: by the scope of what they read that is theirs, the latest of it, or
 * that of the latest node before them. So the gradient of a stage stands together.
 */
function scopesOutside(nodes: readonly Node[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const without = nodes.filter((node) => !isInput(node) && node.scope === undefined);
  if (without.length <= mostSiblings || without.length === nodes.length) return found;
  const place = new Map(nodes.map((node, k) => [node.id, k]));
  for (const node of without) {
    const read = Object.values(node.inputs)
      .map((id) => nodes[place.get(id)!]!)
      .sort((a, b) => place.get(b.id)! - place.get(a.id)!);
    const scoped = read.find(({ scope }) => scope !== undefined);
    const before = read.find(({ id }) => found.has(id));
    const beside =
      scoped?.scope?.split('/').slice(0, 2) ??
      found
        .get(before?.id ?? '')
        ?.split('/')
        .slice(1) ??
      [];
    found.set(node.id, ['outside scopes', ...beside].join('/'));
  }
  return found;
}
