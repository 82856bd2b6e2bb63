import { isFloat } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import { type Graph, type Node, nodesById } from '../../graph/graph.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { AxisReach, Reach } from '../../graph/reach.ts';
import { type Shape, sameShape, sizeOf, stridesOf } from '../../graph/shape.ts';
import type { Type } from '../../graph/type.ts';
import { evaluate, isFixed } from './evaluate.ts';

/**
 * What the elements of a tensor may be, whatever is fed: each is what one of the alternatives holds at its index. Axes along
 * which all elements have the same choice may have length 1.
 */
export type Choices = readonly NdArray[];

/** More numbers than these are not tried. */
const mostNumbers = 2 ** 22;

/**
 * Finds what whole numbers may be that are computed from positions of maxima: such a position is any below its bound, and
 * operators whose elements each read one element per input make of every choice one of theirs.
 */
export class ChoiceFinder {
  readonly #graph: Graph;
  readonly #known = new Map<string, Choices | undefined>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** What a node's elements may be; undefined where that is not known, or too much. */
  of(id: string): Choices | undefined {
    if (!this.#known.has(id)) this.#known.set(id, this.#find(id));
    return this.#known.get(id);
  }

  #find(id: string): Choices | undefined {
    const byId = nodesById(this.#graph);
    const node = byId.get(id)!;
    if (isFixed(this.#graph, id)) return [collapsed(evaluate(this.#graph, id, {}))];
    const { op, attributes, inputs, type } = node;
    if (op.passes !== undefined) return this.of(inputs[op.passes]!);
    if (isFloat(type.dtype)) return undefined;
    const operands = Object.entries(inputs).map(([key, from]) => [key, byId.get(from)!.type] as const);
    const types = { ...Object.fromEntries(operands), y: type };
    const below = op.below?.(types, attributes);
    if (below === undefined) return this.#computed(node, types);
    if (below > mostNumbers) return undefined;
    const one: Type = { dtype: type.dtype, shape: type.shape.map(() => 1) };
    return Array.from({ length: below }, (_, k) => array(one, [k]));
  }

  /** Every choice of every operand with every other's. */
  #computed(node: Node, types: { readonly [name: string]: Type; readonly y: Type }): Choices | undefined {
    const reaches = node.op.reach?.(types, node.attributes);
    const { shape: full, dtype } = node.type;
    const operands: { key: string; choices: Choices; reach: Reach }[] = [];
    for (const [key, id] of Object.entries(node.inputs)) {
      const reach = reaches?.[key];
      if (reach === undefined || !readsOne(reach)) return undefined;
      const choices = this.of(id);
      if (choices === undefined) return undefined;
      operands.push({ key, choices, reach });
    }
    const common = full.map((_, axis) =>
      Math.max(1, ...operands.map(({ choices, reach }) => (reach.kind === 'axes' ? choices[0]!.shape[axis]! : 1))),
    );
    const small = !full.includes(0) && operands.every(({ reach }) => isAligned(reach, full.length));
    const shape = small ? common : full;
    const count = operands.reduce((product, { choices }) => product * choices.length, 1);
    const largest = Math.max(sizeOf(shape), ...operands.map(({ key }) => (small ? 0 : sizeOf(types[key]!.shape))));
    if (count * largest > mostNumbers) return undefined;
    let feeds: { readonly [name: string]: NdArray }[] = [{}];
    for (const { key, choices, reach } of operands) {
      const whole = small && reach.kind === 'axes' ? shape : types[key]!.shape;
      const values = choices.map((value) => expanded(value, whole));
      feeds = feeds.flatMap((feed) => values.map((value) => ({ ...feed, [key]: value })));
    }
    try {
      return feeds.map((feed) => {
        const y = array({ dtype, shape });
        node.op.kernel(feed, node.attributes, y);
        return y;
      });
    } catch (error) {
      // Choices are more than what can meet: a position outside, say.
      if (error instanceof CotangentError) return undefined;
      throw error;
    }
  }
}

const readsOne = (reach: Reach): boolean =>
  reach.kind === 'position' ||
  reach.kind === 'pointed' ||
  (reach.kind === 'axes' && reach.axes.every((axis) => axis.kind === 'window' && axis.taps === 1));

/** Whether nothing depends on how long the result's axes are. */
const isAligned = (reach: Reach, rank: number): boolean =>
  (reach.kind === 'pointed' && reach.batch === 0) ||
  (reach.kind === 'axes' && reach.axes.length === rank && reach.axes.every(isSameIndex));

const isSameIndex = (reach: AxisReach, axis: number): boolean =>
  reach.kind === 'window' &&
  reach.axis === axis &&
  reach.stride === 1 &&
  reach.lo === 0 &&
  reach.spread === 1 &&
  reach.taps === 1 &&
  reach.bounded !== true;

/** Without the axes along which nothing changes: their length is 1. */
function collapsed(value: NdArray): NdArray {
  const strides = stridesOf(value.shape);
  const shape = value.shape.map((size, axis) => {
    const same = value.data.every(
      (number, i) => Math.floor(i / strides[axis]!) % size === 0 || number === value.data[i - strides[axis]!],
    );
    return same && size > 0 ? 1 : size;
  });
  const small = array({ dtype: value.dtype, shape });
  const places = stridesOf(shape);
  for (let i = 0; i < small.data.length; i++)
    small.data[i] =
      value.data[places.reduce((at, place, axis) => at + (Math.floor(i / place) % shape[axis]!) * strides[axis]!, 0)]!;
  return small;
}

/** Repeated along the axes of length 1. */
function expanded(value: NdArray, shape: Shape): NdArray {
  if (sameShape(value.shape, shape)) return value;
  const large = array({ dtype: value.dtype, shape });
  const strides = stridesOf(value.shape);
  const places = stridesOf(shape);
  for (let i = 0; i < large.data.length; i++)
    large.data[i] =
      value.data[
        places.reduce(
          (at, place, axis) =>
            at + (value.shape[axis] === 1 ? 0 : (Math.floor(i / place) % shape[axis]!) * strides[axis]!),
          0,
        )
      ]!;
  return large;
}
