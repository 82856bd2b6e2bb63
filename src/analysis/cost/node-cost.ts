import { bytesPerElement } from '../../graph/dtype.ts';
import { type Graph, type Node, nodesById } from '../../graph/graph.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Type } from '../../graph/type.ts';

/**
 * What is called an operation (operators.md 65, 66, and 44 of its corrections):
 *
 * - `exact`: the multiply-adds that the definitions carry out, none on padding; FLOPs are two per multiply-add, and one or
 *   more per element of everything else, such as the addition of a bias;
 * - `formula`: the same with every tap at every position, as papers and other counters have it;
 * - `seed`: the notes': FLOPs = H·W·C_out·(k²·C_in + 1), the 1 for a bias, of convolutions and matrix products alone, and
 *   MACs = FLOPs / 2. What it calls FLOPs are multiply-adds, so its MACs are half of what is done.
 */
export type CostConvention = 'exact' | 'formula' | 'seed';

/** What is done and moved. */
export interface Cost {
  /** Multiply-adds, by the convention. */
  readonly macs: number;
  /** Floating-point operations, by the convention. */
  readonly flops: number;
  /** Bytes read: every operand of every node once, as if nothing were fused. */
  readonly read: number;
  /** Bytes written: every result once. */
  readonly written: number;
  /** FLOPs per byte read or written; 0 where nothing is moved. */
  readonly intensity: number;
}

/** The cost of one node of a graph. */
export function nodeCost(graph: Graph, node: Node, convention: CostConvention): Cost {
  const byId = nodesById(graph);
  const types: { [name: string]: Type } = { y: node.type };
  for (const [name, from] of Object.entries(node.inputs)) types[name] = byId.get(from)!.type;
  const operands = [...new Set(Object.values(node.inputs))].map((id) => byId.get(id)!.type);
  return costFrom({
    ...operations(node, types, convention),
    read: operands.reduce((sum, type) => sum + bytesOf(type), 0),
    written: bytesOf(node.type),
  });
}

/** A cost with its intensity. */
export const costFrom = ({ macs, flops, read, written }: Omit<Cost, 'intensity'>): Cost => ({
  macs,
  flops,
  read,
  written,
  intensity: read + written === 0 ? 0 : flops / (read + written),
});

/** Bytes of a value. */
export const bytesOf = ({ dtype, shape }: Type): number => sizeOf(shape) * bytesPerElement[dtype];

function operations(
  { op, attributes, type }: Node,
  types: { readonly [name: string]: Type },
  convention: CostConvention,
): Pick<Cost, 'macs' | 'flops'> {
  const products = op.multiplyAdds?.(types, attributes);
  if (convention === 'seed') {
    // Bilinear: values times weights.
    const weighted = Object.values(op.degree).filter((degree) => degree === 1).length === 2;
    const flops = products === undefined || !weighted ? 0 : products.formula + sizeOf(type.shape);
    return { macs: flops / 2, flops };
  }
  if (products === undefined) return { macs: 0, flops: op.flops(types, attributes) };
  return { macs: products[convention], flops: 2 * products[convention] };
}
