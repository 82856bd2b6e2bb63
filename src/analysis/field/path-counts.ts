import { isFloat } from '../../graph/dtype.ts';
import { type Graph, type Node, nodesById } from '../../graph/graph.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { AxisReach } from '../../graph/reach.ts';
import { type Shape, sizeOf, stridesOf } from '../../graph/shape.ts';
import { ancestors, descendants } from '../../graph/topology.ts';
import { f64 } from '../../graph/type.ts';
import { axisReads } from './axis-reads.ts';
import { everyIndex } from './box.ts';
import { ends } from './ends.ts';
import type { Reader } from './reader.ts';
import type { FieldOfOptions } from './receptive-field.ts';

/**
 * On how many paths an element of an output reads each element of an input (operators.md 58): every tap of every channel is
 * one, those through whole numbers and masks are not counted. 0 inside the field is a hole; checkerboards in these counts are
 * what gridding looks like. It is the gradient by the input if all weights were one.
 *
 * @returns counts in the shape of the input, exact up to 2⁵³
 * @throws CotangentError `field/name`.
 */
export function pathCounts(graph: Graph, { at, ...options }: FieldOfOptions): NdArray<readonly number[], 'f64'> {
  const { from, to, reader } = ends(graph, options);
  const byId = nodesById(graph);
  const behind = descendants(graph, [to]);
  const between = new Set([...ancestors(graph, [from])].filter((id) => behind.has(id)));
  const counts = new Map<string, Float64Array>();
  const of = (id: string): Float64Array => {
    const known = counts.get(id) ?? new Float64Array(sizeOf(byId.get(id)!.type.shape));
    counts.set(id, known);
    return known;
  };
  const start = of(from);
  const { shape } = byId.get(from)!.type;
  const strides = stridesOf(shape);
  for (let i = 0; i < start.length; i++)
    if (at.every((index, axis) => index < 0 || Math.floor(i / strides[axis]!) % shape[axis]! === index)) start[i] = 1;
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const node = graph.nodes[i]!;
    if (!between.has(node.id) || node.id === to) continue;
    for (const [key, id] of Object.entries(node.inputs)) {
      const operand = byId.get(id)!;
      if (between.has(id) && isFloat(operand.type.dtype)) read(reader, node, key, of(node.id), operand, of(id));
    }
    counts.delete(node.id);
  }
  return array(f64(...byId.get(to)!.type.shape), of(to));
}

/** Adds to the counts of an operand those of a node that reads it. */
function read(reader: Reader, node: Node, key: string, y: Float64Array, operand: Node, x: Float64Array): void {
  const reach = reader.reach(node, key);
  const [from, to] = [node.type.shape, operand.type.shape];
  switch (reach.kind) {
    case 'position':
      for (let i = 0; i < x.length; i++) x[i]! += y[i]!;
      return;
    case 'axes':
      spread(y, from, reach.axes, x, to);
      return;
    default: {
      const [strides, places] = [stridesOf(from), stridesOf(to)];
      for (let i = 0; i < y.length; i++) {
        if (y[i] === 0) continue;
        const box = strides.map((stride, axis) => [Math.floor(i / stride) % from[axis]!]);
        for (const each of reader.boxes(node, key, box, true)) {
          let flat = [0];
          each.forEach((set, axis) => {
            flat = flat.flatMap((start) => set.map((index) => start + index * places[axis]!));
          });
          for (const place of flat) x[place]! += y[i]!;
        }
      }
    }
  }
}

/** Axis by axis: what no axis of the input follows is summed, what is read whole is repeated. */
function spread(y: Float64Array, from: Shape, axes: readonly AxisReach[], x: Float64Array, to: Shape): void {
  let [values, shape] = [y, [...from]];
  for (const axis of everyIndex(from.length))
    if (!axes.some((reach) => reach.kind !== 'all' && reach.axis === axis))
      [values, shape] = along(values, shape, axis, 1, () => [0]);
  axes.forEach((reach, k) => {
    if (reach.kind === 'all') return;
    const one = (p: number): readonly number[] => {
      const box = from.map((_, axis) => (axis === reach.axis ? [p] : []));
      return axisReads(box, reach, { from, size: to[k]!, clip: true });
    };
    [values, shape] = along(values, shape, reach.axis, to[k]!, one);
  });
  // Where the input's axes stand among the result's; an axis that is read whole moves nowhere.
  const strides = stridesOf(shape);
  const steps = axes.map((reach) => (reach.kind === 'all' ? 0 : strides[reach.axis]!));
  const places = stridesOf(to);
  for (let i = 0; i < x.length; i++) {
    let at = 0;
    for (let k = 0; k < steps.length; k++) at += (Math.floor(i / places[k]!) % to[k]!) * steps[k]!;
    x[i]! += values[at]!;
  }
}

/** A sparse matrix of zeros and ones along one axis: what stands at p goes to all of `targets(p)`. */
function along(
  values: Float64Array,
  shape: readonly number[],
  axis: number,
  size: number,
  targets: (p: number) => readonly number[],
): [Float64Array, number[]] {
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  const length = shape[axis]!;
  const y = new Float64Array(outer * size * inner);
  for (let p = 0; p < length; p++)
    for (const q of targets(p))
      for (let o = 0; o < outer; o++)
        for (let i = 0; i < inner; i++) y[(o * size + q) * inner + i]! += values[(o * length + p) * inner + i]!;
  return [y, shape.with(axis, size)];
}
