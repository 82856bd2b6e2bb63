import type { GraphBuilder } from './builder.ts';
import type { DType } from './dtype.ts';
import type { Node } from './graph.ts';
import type { Shape } from './shape.ts';
import { showType, type Type } from './type.ts';

/**
 * A value in a graph under construction. Holds no numbers: running the graph does.
 * Literal dimensions live in the type, so that a wrong size is a compile error; `number` ones are checked when the node is added.
 */
export class Tensor<out S extends Shape = Shape, out D extends DType = DType> implements Type<S, D> {
  readonly graph: GraphBuilder;
  readonly node: Node;
  readonly dtype: D;
  readonly shape: S;

  constructor(graph: GraphBuilder, node: Node, type: Type<S, D>) {
    this.graph = graph;
    this.node = node;
    this.dtype = type.dtype;
    this.shape = type.shape;
  }

  get id(): string {
    return this.node.id;
  }

  /** `n7: f32[2,16,64,64]`. */
  toString(): string {
    return `${this.id}: ${showType(this)}`;
  }
}
