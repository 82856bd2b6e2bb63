import { CotangentError } from '../graph/error.ts';
import type { Graph, Node } from '../graph/graph.ts';
import { isInput } from '../graph/input.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Literals } from '../ops/constant/literals.ts';
import type { Rewrite } from './rewrite.ts';
import { runPass } from './run-pass.ts';

export interface FoldOptions {
  /** Tables of at most this many elements are written into the graph; default 1024. Uniform results of any size are. */
  readonly table?: number;
  /** Values with more elements than this are not worked out at all; default 65 536. */
  readonly evaluate?: number;
}

/**
 * Works out what depends on no input, by the operators' own kernels, and writes the numbers into the graph in its place.
 * A node without inputs that is no input itself is a constant: no operator is known by name. What a kernel refuses is
 * left for the run to report.
 */
export const foldConstants = (graph: Graph, literals: Literals, options: FoldOptions = {}): Rewrite =>
  runPass('fold-constants', graph, (draft, { nodes }) => {
    const { table = 1024, evaluate = 65_536 } = options;
    const constants = new Map<string, Constant>();
    for (const node of nodes) {
      const operands = Object.values(node.inputs).map((id) => constants.get(id));
      if (isInput(node) || sizeOf(node.type.shape) > evaluate || operands.includes(undefined)) continue;
      const constant = new Constant(node, constants);
      constants.set(node.id, constant);
      if (operands.length === 0) continue;
      const value = constant.value();
      if (value === undefined) {
        constants.delete(node.id);
        continue;
      }
      const uniform = value.data.length > 0 && value.data.every((v) => Object.is(v, value.data[0]));
      if (!uniform && value.data.length > table) continue;
      const literal = uniform ? literals.uniform(node.type, value.data[0]!) : literals.table(value);
      Object.assign(draft.nodes[node.id]!, { ...literal, inputs: {} });
    }
  });

/** A value that depends on no input; worked out when something needs it, once. */
class Constant {
  readonly #node: Node;
  readonly #operands: ReadonlyMap<string, Constant>;
  #value: NdArray | undefined;

  constructor(node: Node, operands: ReadonlyMap<string, Constant>) {
    this.#node = node;
    this.#operands = operands;
  }

  /** Undefined where a kernel refuses. Operands with inputs have been worked out before: the recursion is one deep. */
  value(): NdArray | undefined {
    if (this.#value !== undefined) return this.#value;
    const { op, inputs, attributes, type } = this.#node;
    const operands: { [name: string]: NdArray } = {};
    for (const name in inputs) {
      const operand = this.#operands.get(inputs[name]!)!.value();
      if (operand === undefined) return undefined;
      operands[name] = operand;
    }
    const y = array(type);
    try {
      op.kernel(operands, attributes, y);
    } catch (error) {
      if (error instanceof CotangentError) return undefined;
      throw error;
    }
    this.#value = y;
    return y;
  }
}
