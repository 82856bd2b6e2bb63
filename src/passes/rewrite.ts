import type { Patch } from 'immer';
import type { Graph } from '../graph/graph.ts';
import type { AnyOp } from '../graph/op.ts';
import type { Type } from '../graph/type.ts';

/** A node as a pass may edit it. */
export interface EditableNode {
  readonly id: string;
  op: AnyOp;
  inputs: { [name: string]: string };
  attributes: object;
  type: Type;
  scope?: string;
}

/** A graph as a pass may edit it: nodes by id, so that patches name the node and not a place that shifts. */
export interface EditableGraph {
  nodes: { [id: string]: EditableNode };
  outputs: { [name: string]: string };
  updates: { [name: string]: string };
}

/** What a pass did: the graphs before and after, and immer's patches between them on their editable form. */
export interface Rewrite {
  readonly pass: string;
  readonly before: Graph;
  readonly graph: Graph;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}
