import {
  broadcastTo,
  cast,
  concat,
  constant,
  expandDims,
  flip,
  full,
  i32,
  pad,
  range,
  reshape,
  split,
  squeeze,
  type Tensor,
  tile,
  transpose,
  tril,
  triu,
} from 'cotangent';
import { sliceAxis } from '../torch/slice-axis.ts';
import { type OnnxAdapters, unary } from './adapter.ts';
import { elementType } from './element-type.ts';
import { knownAxes } from './known-axes.ts';
import type { OnnxNode } from './onnx-node.ts';
import { pairs } from './window-attributes.ts';

/** Movement of elements: shapes, order, parts, padding, constants. */
export const movement: OnnxAdapters = {
  CenterCropPad: (node) => {
    const wanted = node.numbers(1);
    const axes = node.optionalInts('axes') ?? wanted.map((_, k) => k);
    return axes.reduce((x, axis, k) => centred(x, axis, wanted[k]!), node.x(0));
  },
  Concat: (node) => concat(node.all(), node.int('axis', 1)),
  Constant: (node) => constantOf(node, node.tensor('value')),
  ConstantOfShape: (node) => {
    const shape = node.numbers(0);
    const value = node.sets('value') ? node.tensor('value') : ({ dtype: 'float32', shape: [1], data: [0] } as const);
    return full(node.graph, { dtype: node.dtypeOf(value.dtype), shape }, Number(value.data[0]));
  },
  Expand: (node) => {
    const x = node.x(0);
    const wanted = node.numbers(1);
    const rank = Math.max(wanted.length, x.shape.length);
    const at = (list: readonly number[], k: number): number => list[k - rank + list.length] ?? 1;
    return broadcastTo(
      x,
      Array.from({ length: rank }, (_, k) => (at(wanted, k) === 1 ? at(x.shape, k) : at(wanted, k))),
    );
  },
  EyeLike: (node) => {
    const [rows, columns] = node.case(0).shape as [number, number];
    const dtype = node.sets('dtype') ? elementType(node.int('dtype')) : node.dtypeOf(node.dtype(0));
    const ones = Array.from({ length: rows * columns }, (_, i) =>
      Number((i % columns) - Math.floor(i / columns) === node.int('k', 0)),
    );
    return constant(node.graph, { dtype, shape: [rows, columns] }, ones);
  },
  Flatten: (node) => {
    const x = node.x(0);
    const axis = node.int('axis', 1);
    const rows = x.shape.slice(0, axis < 0 ? axis + x.shape.length : axis).reduce((a, b) => a * b, 1);
    const columns = x.shape.reduce((a, b) => a * b, 1) / (rows || 1);
    return reshape(x, [rows, rows === 0 ? x.shape.slice(axis).reduce((a, b) => a * b, 1) : columns]);
  },
  Identity: unary((x) => x),
  Pad: (node) => {
    const x = node.x(0);
    const ends = node.opset < 11 ? node.ints('pads') : node.numbers(1);
    const value = node.opset < 11 ? node.float('value', 0) : (node.optionalNumbers(2)?.[0] ?? 0);
    const axes = (node.optionalNumbers(3) ?? x.shape.map((_, k) => k)).map((a) => (a < 0 ? a + x.shape.length : a));
    const each = pairs(ends);
    const padding = x.shape.map((_, k): readonly [number, number] => each[axes.indexOf(k)] ?? [0, 0]);
    const mode = padModes[node.text<keyof typeof padModes>('mode', 'constant')];
    return inFloats(x, (t) => pad(t, padding, mode === 'constant' ? { mode, value } : { mode }));
  },
  Range: (node) => {
    const [start, limit, step] = [node.numbers(0)[0]!, node.numbers(1)[0]!, node.numbers(2)[0]!];
    return range(node.graph, { dtype: node.dtypeOf(node.dtype(0)), start, limit, step });
  },
  Reshape: (node) => {
    const x = node.x(0);
    const asked = node.opset < 5 ? node.ints('shape') : node.numbers(1);
    const shape = asked.map((d, k) => (d === 0 && !node.flag('allowzero') ? x.shape[k]! : d));
    return reshape(x, shape);
  },
  Shape: (node) => {
    const { shape } = node.case(0);
    const part = shape.slice(node.int('start', 0), node.int('end', shape.length));
    return constant(node.graph, i32(part.length), part);
  },
  Size: (node) => constant(node.graph, i32(), [node.case(0).shape.reduce((a, b) => a * b, 1)]),
  Slice: (node) => {
    const x = node.x(0);
    const [starts, ends] =
      node.opset < 10 ? [node.ints('starts'), node.ints('ends')] : [node.numbers(1), node.numbers(2)];
    const axes = knownAxes(node, 10, 3) ?? starts.map((_, k) => k);
    const steps = (node.opset < 10 ? undefined : node.optionalNumbers(4)) ?? starts.map(() => 1);
    return axes.reduce((part, axis, k) => sliced(part, axis, starts[k]!, ends[k]!, steps[k]!), x);
  },
  Split: (node) => {
    const x = node.x(0);
    const axis = node.int('axis', 0);
    const length = x.shape.at(axis)!;
    const sizes = node.opset < 13 ? node.optionalInts('split') : node.optionalNumbers(1);
    const count = node.int('num_outputs', node.outputs);
    const size = Math.ceil(length / count);
    const even = Array.from({ length: count }, (_, k) => Math.max(0, Math.min(size, length - k * size)));
    return split(x, [...(sizes ?? even)], axis);
  },
  Squeeze: (node) => {
    const x = node.x(0);
    const axes = knownAxes(node, 13) ?? x.shape.map((_, k) => k).filter((k) => x.shape[k] === 1);
    return squeeze(x, axes);
  },
  Tile: (node) => tile(node.x(0), node.numbers(1)),
  Transpose: (node) => {
    const x = node.x(0);
    return transpose(x, [
      ...node.ints(
        'perm',
        x.shape.map((_, k) => x.shape.length - 1 - k),
      ),
    ]);
  },
  Trilu: (node) => {
    const diagonal = node.optionalNumbers(1)?.[0] ?? 0;
    return node.flag('upper', 1) ? triu(node.x(0), { diagonal }) : tril(node.x(0), { diagonal });
  },
  Unsqueeze: (node) => {
    const x = node.x(0);
    const axes = node.opset < 13 ? node.ints('axes') : node.numbers(1);
    const rank = x.shape.length + axes.length;
    const places = axes.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
    return places.reduce<Tensor>((y, axis) => expandDims(y, axis), x);
  },
};

const padModes = { constant: 'constant', reflect: 'reflect', edge: 'replicate', wrap: 'circular' } as const;

/** Cut or filled with zeros on both sides, an odd element at the end. */
function centred(x: Tensor, axis: number, size: number): Tensor {
  const at = axis < 0 ? axis + x.shape.length : axis;
  const more = size - x.shape[at]!;
  if (more <= 0) {
    const start = Math.floor(-more / 2);
    return sliceAxis(x, at, start, start + size);
  }
  const low = Math.floor(more / 2);
  return pad(
    x,
    x.shape.map((_, k): [number, number] => (k === at ? [low, more - low] : [0, 0])),
  );
}

/** x[start:end:step] along one axis, clamped as NumPy clamps; backwards for a negative step. */
function sliced(x: Tensor, axis: number, start: number, end: number, step: number): Tensor {
  const size = x.shape[axis]!;
  const clamp = (i: number, low: number, high: number): number => Math.max(low, Math.min(high, i < 0 ? i + size : i));
  if (step > 0) {
    const from = clamp(start, 0, size);
    return sliceAxis(x, axis, from, Math.max(from, clamp(end, 0, size)), step);
  }
  // Position i from the front is size − 1 − i of the flipped axis.
  const first = size - 1 - clamp(start, -1, size - 1);
  const last = size - 1 - clamp(end, -1, size - 1);
  return sliceAxis(flip(x, [axis]), axis, first, Math.max(first, last), -step);
}

/** A function of floats applied to integers too. */
const inFloats = (x: Tensor, f: (x: Tensor) => Tensor): Tensor =>
  x.dtype === 'f32' || x.dtype === 'f64' ? f(x) : cast(f(cast(x, 'f64')), x.dtype);

const constantOf = (node: OnnxNode, value: ReturnType<OnnxNode['tensor']>): Tensor =>
  constant(node.graph, { dtype: node.dtypeOf(value.dtype), shape: value.shape }, value.data.map(Number));
