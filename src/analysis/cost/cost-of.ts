import type { DType } from '../../graph/dtype.ts';
import { type Graph, liveIds, type Node, nodesById } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { sizeOf } from '../../graph/shape.ts';
import { showType } from '../../graph/type.ts';
import { bytesOf, type Cost, type CostConvention, costFrom, nodeCost } from './node-cost.ts';

/** What one node costs. */
export interface NodeCost extends Cost {
  readonly id: string;
  /** Its operator's name. */
  readonly op: string;
  /** Its type, as text. */
  readonly result: string;
}

/** Parameters and their bytes. */
export interface ParameterCount {
  /** Numbers, not tensors. */
  readonly count: number;
  readonly bytes: number;
}

/** What the nodes of one scope cost, those of scopes within it too. */
export interface ScopeCost extends Cost {
  /** The last part of the path; empty for the whole graph. */
  readonly name: string;
  /** The path of composites, e.g. `unet/down1`. */
  readonly path: string;
  /** Those whose first reader stands in this scope. */
  readonly parameters: ParameterCount;
  readonly scopes: readonly ScopeCost[];
  /** The nodes of this scope itself, in the graph's order. */
  readonly nodes: readonly NodeCost[];
}

/** What one run of a graph costs. */
export interface CostReport {
  readonly convention: CostConvention;
  /** The whole graph, as a tree of scopes. */
  readonly total: ScopeCost;
  /** Bytes moved, by the dtype of what is moved. */
  readonly bytes: { readonly [dtype in DType]?: number };
}

/**
 * Counts what one run of a graph does, from the operators' declared facts (operators.md 7, 62, 63, 65, 66): nodes that
 * nothing needs count nothing, nor do inputs and parameters. It is what the graph says; what a backend makes of it, which
 * fuses nodes and skips moves, is in the report of its plan.
 */
export function costOf(graph: Graph, { convention = 'exact' }: { convention?: CostConvention } = {}): CostReport {
  const live = liveIds(graph);
  const byId = nodesById(graph);
  const root = new Scope('', '');
  const bytes: { [dtype in DType]?: number } = {};
  const counted = new Set<string>();
  for (const node of graph.nodes) {
    if (!live.has(node.id) || isInput(node)) continue;
    const scope = (node.scope ?? '').split('/').reduce((at, name) => at.within(name), root);
    scope.nodes.push({
      id: node.id,
      op: node.op.name,
      result: showType(node.type),
      ...nodeCost(graph, node, convention),
    });
    const operands = [...new Set(Object.values(node.inputs))].map((id) => byId.get(id)!);
    for (const { type } of [...operands, node]) bytes[type.dtype] = (bytes[type.dtype] ?? 0) + bytesOf(type);
    for (const operand of operands)
      if (isParameter(operand) && !counted.has(operand.id)) {
        counted.add(operand.id);
        scope.parameters.push(operand);
      }
  }
  return { convention, total: root.sum(), bytes };
}

const isParameter = (node: Node): boolean => isInput(node) && inputAttributes(node).role === 'parameter';

/** A scope while its nodes come in. */
class Scope {
  readonly nodes: NodeCost[] = [];
  readonly parameters: Node[] = [];
  readonly #name: string;
  readonly #path: string;
  readonly #scopes = new Map<string, Scope>();

  constructor(name: string, path: string) {
    this.#name = name;
    this.#path = path;
  }

  within(name: string): Scope {
    if (name === '') return this;
    let scope = this.#scopes.get(name);
    if (scope === undefined) {
      scope = new Scope(name, this.#path === '' ? name : `${this.#path}/${name}`);
      this.#scopes.set(name, scope);
    }
    return scope;
  }

  sum(): ScopeCost {
    const scopes = [...this.#scopes.values()].map((scope) => scope.sum());
    const total = (of: (cost: Cost) => number): number =>
      [...scopes, ...this.nodes].reduce((sum, cost) => sum + of(cost), 0);
    const own = this.parameters.reduce((sum, { type }) => sum + sizeOf(type.shape), 0);
    const ownBytes = this.parameters.reduce((sum, { type }) => sum + bytesOf(type), 0);
    return {
      name: this.#name,
      path: this.#path,
      ...costFrom({
        macs: total(({ macs }) => macs),
        flops: total(({ flops }) => flops),
        read: total(({ read }) => read),
        written: total(({ written }) => written),
      }),
      parameters: {
        count: scopes.reduce((sum, { parameters }) => sum + parameters.count, own),
        bytes: scopes.reduce((sum, { parameters }) => sum + parameters.bytes, ownBytes),
      },
      scopes,
      nodes: this.nodes,
    };
  }
}
