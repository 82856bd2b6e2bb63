import type { Node } from '../../../graph/graph.ts';

/** What a lowering may know of the graph. */
interface Surroundings {
  /** Nodes by id, as far as they stand before the node; already lowered. */
  readonly byId: ReadonlyMap<string, Node>;
  /** How many nodes read a value, the graph's outputs and updates counted in. */
  readonly readers: (id: string) => number;
}

/**
 * One node in place of this one and others before it, whose values nobody else reads: by an operator that only plans
 * have. Undefined where there is none.
 */
export type Lowering = (node: Node, surroundings: Surroundings) => Node | undefined;
