import {
  broadcastTo,
  concat,
  expandDims,
  flip,
  pad,
  reshape,
  roll,
  split,
  squeeze,
  stack,
  sub,
  sum,
  type Tensor,
  tile,
  transpose,
  tril,
  triu,
} from 'cotangent';
import { type Adapters, given, listed } from './adapter.ts';
import { sliceAxis } from './slice-axis.ts';

/** Movement of elements: shapes, order, parts, padding. */
export const movement: Adapters = {
  cat: (inputs, { dim = 0 }) => ({ output: concat(listed(inputs, 'tensors'), dim) }),
  chunk: ({ input }, { chunks, dim = 0 }) => numbered(pieces(input, Math.ceil(input.shape.at(dim)! / chunks), dim)),
  diagonal: ({ input }, { offset = 0, dim1 = 0, dim2 = 1 }) => ({ output: diagonal(input, offset, dim1, dim2) }),
  diff: ({ input }, { n = 1, dim = -1 }) => ({
    output: Array.from({ length: n }).reduce<Tensor>((x) => {
      const size = x.shape.at(dim)!;
      return sub(sliceAxis(x, dim, 1, size), sliceAxis(x, dim, 0, size - 1));
    }, input),
  }),
  expand: ({ input }, { size }: { size: number[] }) => {
    const lead = size.length - input.shape.length;
    return {
      output: broadcastTo(
        input,
        size.map((d, k) => (d === -1 ? input.shape[k - lead]! : d)),
      ),
    };
  },
  flatten: ({ input }, { start_dim = 0, end_dim = -1 }) => {
    const [first, last] = [axisOf(input, start_dim), axisOf(input, end_dim)];
    return { output: reshape(input, [...input.shape.slice(0, first), -1, ...input.shape.slice(last + 1)]) };
  },
  flip: ({ input }, { dims }) => ({ output: flip(input, dims) }),
  movedim: ({ input }, { source, destination }) => {
    const from = [source].flat().map((d) => axisOf(input, d));
    const to = [destination].flat().map((d) => axisOf(input, d));
    const rest = input.shape.map((_, k) => k).filter((k) => !from.includes(k));
    const order = input.shape.map((_, k) => (to.includes(k) ? from[to.indexOf(k)]! : rest.shift()!));
    return { output: transpose(input, order) };
  },
  narrow: ({ input }, { dim, start, length }) => ({ output: sliceAxis(input, dim, start, start + length) }),
  pad: ({ input }, { pad: flat, mode = 'constant', value }) => {
    // PyTorch counts from the last axis.
    const axes = input.shape.map((_, axis): [number, number] => {
      const at = 2 * (input.shape.length - 1 - axis);
      return [flat[at] ?? 0, flat[at + 1] ?? 0];
    });
    return { output: pad(input, axes, { mode, ...given({ value }) }) };
  },
  permute: ({ input }, { dims }) => ({
    output: transpose(
      input,
      dims.map((d: number) => axisOf(input, d)),
    ),
  }),
  repeat: ({ input }, { repeats }) => ({ output: tile(input, repeats) }),
  repeat_interleave: ({ input }, { repeats, dim = null }) => {
    const x = dim === null ? reshape(input, [-1]) : input;
    const axis = axisOf(x, dim ?? 0) + 1;
    const apart = broadcastTo(expandDims(x, axis), x.shape.toSpliced(axis, 0, repeats));
    return { output: reshape(apart, x.shape.with(axis - 1, x.shape[axis - 1]! * repeats)) };
  },
  reshape: ({ input }, { shape }) => ({ output: reshape(input, shape) }),
  roll: ({ input }, { shifts, dims = null }) => ({
    output: dims === null || dims.length === 0 ? roll(input, shifts) : roll(input, shifts, dims),
  }),
  rot90: ({ input }, { k = 1, dims: [a, b] = [0, 1] }) => {
    const turns = ((k % 4) + 4) % 4;
    if (turns === 2) return { output: flip(input, [a, b]) };
    if (turns === 0) return { output: input };
    return { output: turns === 1 ? flip(swapped(input, a, b), [a]) : flip(swapped(input, a, b), [b]) };
  },
  slice: ({ input }, { dims, starts, ends, steps }: { [name: string]: (number | null)[] }) => ({
    output: dims!.reduce<Tensor>((x, dim, k) => {
      const size = x.shape.at(dim!)!;
      const at = (i: number) => Math.max(0, Math.min(size, i < 0 ? i + size : i));
      const start = at(starts![k] ?? 0);
      return sliceAxis(x, dim!, start, Math.max(start, at(ends![k] ?? size)), steps![k] ?? 1);
    }, input),
  }),
  split: ({ input }, { split_size_or_sections: sizes, dim = 0 }) =>
    numbered(typeof sizes === 'number' ? pieces(input, sizes, dim) : split(input, sizes, dim)),
  squeeze: ({ input }, { dim = null }) => {
    const axes = dim === null ? input.shape.map((_, k) => k) : [dim].flat().map((d: number) => axisOf(input, d));
    return {
      output: squeeze(
        input,
        axes.filter((k) => input.shape[k] === 1),
      ),
    };
  },
  stack: (inputs, { dim = 0 }) => ({ output: stack(listed(inputs, 'tensors'), dim) }),
  tile: ({ input }, { dims }) => ({ output: tile(input, dims) }),
  swapaxes: ({ input }, { axis0, axis1 }) => ({ output: swapped(input, axis0, axis1) }),
  t: ({ input }) => ({ output: input.shape.length < 2 ? input : transpose(input) }),
  trace: ({ input }) => ({ output: sum(diagonal(input, 0, 0, 1)) }),
  transpose: ({ input }, { dim0, dim1 }) => ({ output: swapped(input, dim0, dim1) }),
  tril: ({ input }, { diagonal = 0 }) => ({ output: tril(input, { diagonal }) }),
  triu: ({ input }, { diagonal = 0 }) => ({ output: triu(input, { diagonal }) }),
  unbind: ({ input }, { dim = 0 }) =>
    numbered(pieces(input, 1, dim).map((piece) => squeeze(piece, [axisOf(input, dim)]))),
  unsqueeze: ({ input }, { dim }) => ({
    output: expandDims(input, dim < 0 ? dim + input.shape.length + 1 : dim),
  }),
};

const axisOf = (x: Tensor, dim: number): number => (dim < 0 ? dim + x.shape.length : dim);

const numbered = (pieces: readonly Tensor[]) => Object.fromEntries(pieces.map((piece, k) => [`output[${k}]`, piece]));

/** Parts of `size` along an axis, the last one of what is left. */
function pieces(x: Tensor, size: number, dim: number): Tensor[] {
  const length = x.shape.at(dim)!;
  const count = Math.max(1, Math.ceil(length / size));
  return Array.from({ length: count }, (_, k) => sliceAxis(x, dim, k * size, Math.min(length, (k + 1) * size)));
}

/** The elements with j − i = offset of two axes, as a last axis. */
function diagonal(x: Tensor, offset: number, dim1: number, dim2: number): Tensor {
  const [a, b] = [axisOf(x, dim1), axisOf(x, dim2)];
  const rest = x.shape.map((_, k) => k).filter((k) => k !== a && k !== b);
  const rows = transpose(x, [...rest, a, b]);
  const [m, n] = rows.shape.slice(-2) as [number, number];
  const count = Math.max(0, Math.min(offset < 0 ? m + offset : m, offset > 0 ? n - offset : n));
  const first = Math.max(0, -offset) * n + Math.max(0, offset);
  const flat = reshape(rows, [...rows.shape.slice(0, -2), m * n]);
  return sliceAxis(flat, -1, first, count === 0 ? first : first + (count - 1) * (n + 1) + 1, n + 1);
}

function swapped(x: Tensor, a: number, b: number): Tensor {
  const order = x.shape.map((_, k) => k);
  const [p, q] = [axisOf(x, a), axisOf(x, b)];
  return transpose(x, order.with(p, q).with(q, p));
}
