import { isFloat } from '../../graph/dtype.ts';
import type { Graph, Node } from '../../graph/graph.ts';
import { isInput } from '../../graph/input.ts';
import { array, NdArray } from '../../graph/nd-array.ts';
import { showType } from '../../graph/type.ts';
import type { Difference } from './difference.ts';
import { roundingOf, unitRoundoff } from './rounding.ts';

type Operands = { readonly [name: string]: NdArray };

/** What came of comparing values with the definition. */
export interface Comparison {
  readonly compared: number;
  /** Values of which the bound says nothing. */
  readonly open: number;
  readonly difference?: Difference;
}

/**
 * Holds every node's value against what the operator's own kernel makes, in doubles, of the very operands that the
 * backend had: no error of one node is mistaken for one of another, and no choice can fall differently.
 */
export function compareNodes(graph: Graph, valueAt: (id: string) => NdArray, cautious: boolean): Comparison {
  let [compared, open] = [0, 0];
  for (const node of graph.nodes) {
    if (isInput(node)) continue;
    const operands = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, valueAt(id)]));
    const value = valueAt(node.id);
    const result = compareNode(node, operands, value, cautious);
    compared += value.data.length;
    open += result.open;
    if (result.difference !== undefined) return { compared, open, difference: result.difference };
  }
  return { compared, open };
}

function compareNode(
  node: Node,
  operands: Operands,
  value: NdArray,
  cautious: boolean,
): { readonly open: number; readonly difference?: Difference } {
  const { op, attributes, type } = node;
  const isRounded = isFloat(type.dtype) && Object.values(operands).some(({ dtype }) => isFloat(dtype));
  const given = isRounded ? widened(operands) : operands;
  const expected = array(isRounded ? { dtype: 'f64', shape: type.shape } : type);
  op.kernel(given, attributes, expected);
  const nearest = (x: number): number => (type.dtype === 'f32' ? Math.fround(x) : x);
  const off: number[] = [];
  for (let i = 0; i < expected.data.length; i++) if (!alike(value.data[i]!, nearest(expected.data[i]!))) off.push(i);
  if (off.length === 0) return { open: 0 };
  const at = (i: number, bound: number): Difference => ({
    node,
    at: i,
    value: value.data[i]!,
    expected: expected.data[i]!,
    details: [
      `node ${node.id}, ${op.name} ${JSON.stringify(attributes)} → ${showType(type)}, element ${i}`,
      `gives ${value.data[i]}, expected ${expected.data[i]}, bound ${bound}`,
      ...Object.entries(operands).map(([name, operand]) => `${name} = ${operand}`),
    ],
    compared: { of: `${op.name} (node ${node.id})`, analytic: value, numeric: expected },
  });
  if (!isRounded) return { open: 0, difference: at(off[0]!, 0) };
  const unit = unitRoundoff[type.dtype as 'f32' | 'f64'];
  const rounding = roundingOf(node, given, expected, unit, cautious);
  const areFinite = Object.values(operands).every(({ data }) => data.every(Number.isFinite));
  let open = 0;
  for (const i of off) {
    const bound = rounding.at(i);
    if (rounding.exact) return { open, difference: at(i, 0) };
    // Where sums are padded, 0·∞ is left out or is NaN.
    if (Number.isNaN(value.data[i]!) && !areFinite) {
      open++;
      continue;
    }
    // Sums that leave the range on the way, in one order or the other.
    if (!(bound < overflow[type.dtype as 'f32' | 'f64'] * unit)) open++;
    else if (!(Math.abs(value.data[i]! - expected.data[i]!) <= bound)) return { open, difference: at(i, bound) };
    else if (bound > Math.abs(expected.data[i]!) && !cautious && bound > 2 ** -100) open++;
  }
  return { open };
}

const overflow = { f32: 2 ** 128, f64: Number.MAX_VALUE } as const;

/** A sum that is zero has the sign of what it began with. */
const alike = (a: number, b: number): boolean => a === b || Object.is(a, b);

const widened = (operands: Operands): Operands =>
  Object.fromEntries(
    Object.entries(operands).map(([name, value]) => [
      name,
      value.dtype === 'f32' ? new NdArray({ dtype: 'f64', shape: value.shape }, Float64Array.from(value.data)) : value,
    ]),
  );
