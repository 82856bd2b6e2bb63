import {
  broadcastTo,
  concat,
  expandDims,
  flip,
  pad,
  reshape,
  split,
  squeeze,
  stack,
  type Tensor,
  transpose,
} from 'cotangent';
import { range } from '../compose/range.ts';
import { triangle } from '../compose/triangle.ts';
import { type Adapters, given, listed } from './adapter.ts';

/** Movement of elements: shapes, order, parts, padding. */
export const movement: Adapters = {
  cat: (inputs, { dim = 0 }) => ({ output: concat(listed(inputs, 'tensors'), dim) }),
  chunk: ({ input }, { chunks, dim = 0 }) => numbered(pieces(input, Math.ceil(input.shape.at(dim)! / chunks), dim)),
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
  narrow: ({ input }, { dim, start, length }) => ({ output: range(input, dim, start, start + length) }),
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
  repeat: ({ input }, { repeats }: { repeats: number[] }) => {
    const whole = [...repeats.slice(0, repeats.length - input.shape.length).map(() => 1), ...input.shape];
    const apart = reshape(
      input,
      whole.flatMap((d) => [1, d]),
    );
    const repeated = broadcastTo(
      apart,
      whole.flatMap((d, k) => [repeats[k]!, d]),
    );
    return {
      output: reshape(
        repeated,
        whole.map((d, k) => d * repeats[k]!),
      ),
    };
  },
  reshape: ({ input }, { shape }) => ({ output: reshape(input, shape) }),
  roll: ({ input }, { shifts, dims }) => {
    const axes: number[] = dims === null || dims === undefined || dims.length === 0 ? [] : [dims].flat();
    const counts: number[] = [shifts].flat();
    if (axes.length > 0) return { output: axes.reduce((x, dim, k) => rolled(x, counts[k]!, dim), input) };
    return { output: reshape(rolled(reshape(input, [-1]), counts[0]!, 0), [...input.shape]) };
  },
  slice: ({ input }, { dims, starts, ends, steps }: { [name: string]: (number | null)[] }) => ({
    output: dims!.reduce<Tensor>((x, dim, k) => {
      const size = x.shape.at(dim!)!;
      const at = (i: number) => Math.max(0, Math.min(size, i < 0 ? i + size : i));
      const start = at(starts![k] ?? 0);
      return range(x, dim!, start, Math.max(start, at(ends![k] ?? size)), steps![k] ?? 1);
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
  swapaxes: ({ input }, { axis0, axis1 }) => ({ output: swapped(input, axis0, axis1) }),
  t: ({ input }) => ({ output: input.shape.length < 2 ? input : transpose(input) }),
  transpose: ({ input }, { dim0, dim1 }) => ({ output: swapped(input, dim0, dim1) }),
  tril: ({ input }, { diagonal = 0 }) => ({ output: triangle(input, (i, j) => j - i <= diagonal) }),
  triu: ({ input }, { diagonal = 0 }) => ({ output: triangle(input, (i, j) => j - i >= diagonal) }),
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
  return Array.from({ length: count }, (_, k) => range(x, dim, k * size, Math.min(length, (k + 1) * size)));
}

function rolled(x: Tensor, shift: number, dim: number): Tensor {
  const size = x.shape.at(dim)!;
  if (size === 0) return x;
  const cut = ((-shift % size) + size) % size;
  return concat([range(x, dim, cut, size), range(x, dim, 0, cut)], dim);
}

function swapped(x: Tensor, a: number, b: number): Tensor {
  const order = x.shape.map((_, k) => k);
  const [p, q] = [axisOf(x, a), axisOf(x, b)];
  return transpose(x, order.with(p, q).with(q, p));
}
