import type { Tensor } from '../../../src/graph/tensor.ts';
import {
  add,
  broadcastTo,
  concat,
  flip,
  matmul,
  reshape,
  slice,
  split,
  stack,
  transpose,
} from '../../../src/ops/index.ts';
import { type Adapter, unsupported } from './adapter.ts';

/** Movement of elements and matrix products, by the names of PyTorch's vector files. */
export const shape: { readonly [file: string]: Adapter } = {
  bmm: ({ input, mat2 }) => ({ output: matmul(input!, mat2!) }),
  cat: (inputs, { dim }) => ({ output: concat(listed(inputs), dim) }),
  expand: ({ input }, { size }: { size: number[] }) => {
    const lead = size.length - input!.shape.length;
    return {
      output: broadcastTo(
        input!,
        size.map((d, k) => (d === -1 ? input!.shape[k - lead]! : d)),
      ),
    };
  },
  flip: ({ input }, { dims }) => ({ output: flip(input!, dims) }),
  linear: ({ input, weight, bias }) => {
    const product = matmul(atLeastMatrix(input!), transpose(weight!));
    const y = reshape(product, [...input!.shape.slice(0, -1), weight!.shape[0]!]);
    return { output: bias === undefined ? y : add(y, bias) };
  },
  matmul: ({ input, other }) => {
    if (input!.shape.length < 2 || other!.shape.length < 2) unsupported('matmul of vectors');
    return { output: matmul(input!, other!) };
  },
  narrow: ({ input }, { dim, start, length }) => ({ output: range(input!, dim, start, start + length, 1) }),
  permute: ({ input }, { dims }: { dims: number[] }) => ({
    output: transpose(
      input!,
      dims.map((d) => (d < 0 ? d + dims.length : d)),
    ),
  }),
  pixel_shuffle: ({ input }, { upscale_factor: r }) => {
    const [lead, [c, h, w]] = image(input!);
    const apart = reshape(input!, [-1, c / r / r, r, r, h, w]);
    return { output: reshape(transpose(apart, [0, 1, 4, 2, 5, 3]), [...lead, c / r / r, h * r, w * r]) };
  },
  pixel_unshuffle: ({ input }, { downscale_factor: r }) => {
    const [lead, [c, h, w]] = image(input!);
    const apart = reshape(input!, [-1, c, h / r, r, w / r, r]);
    return { output: reshape(transpose(apart, [0, 1, 3, 5, 2, 4]), [...lead, c * r * r, h / r, w / r]) };
  },
  repeat: ({ input }, { repeats }: { repeats: number[] }) => {
    const whole = [...repeats.slice(0, repeats.length - input!.shape.length).map(() => 1), ...input!.shape];
    const apart = reshape(
      input!,
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
  reshape: ({ input }, { shape: target }) => ({ output: reshape(input!, target) }),
  roll: ({ input }, { shifts, dims }: { shifts: number[]; dims: number[] }) => ({
    output: dims.reduce((x, dim, k) => {
      const size = x.shape.at(dim)!;
      const cut = (((-shifts[k]! % size) + size) % size) as number;
      return concat([range(x, dim, cut, size, 1), range(x, dim, 0, cut, 1)], dim);
    }, input!),
  }),
  slice: ({ input }, { dims, starts, ends, steps }: { [name: string]: (number | null)[] }) => ({
    output: dims!.reduce<Tensor>((x, dim, k) => {
      const size = x.shape.at(dim!)!;
      const at = (i: number) => Math.max(0, Math.min(size, i < 0 ? i + size : i));
      const start = at(starts![k] ?? 0);
      return range(x, dim!, start, Math.max(start, at(ends![k] ?? size)), steps![k] ?? 1);
    }, input!),
  }),
  split: ({ input }, { split_size_or_sections: sizes, dim }) =>
    Object.fromEntries(split(input!, sizes, dim).map((piece, k) => [`output[${k}]`, piece])),
  stack: (inputs, { dim }) => ({ output: stack(listed(inputs), dim) }),
};

function range(x: Tensor, dim: number, start: number, limit: number, step: number): Tensor {
  const axis = dim < 0 ? dim + x.shape.length : dim;
  return slice(x, {
    starts: x.shape.map((_, k) => (k === axis ? start : 0)),
    limits: x.shape.map((d, k) => (k === axis ? limit : d)),
    steps: x.shape.map((_, k) => (k === axis ? step : 1)),
  });
}

const image = (x: Tensor): [readonly number[], [number, number, number]] => [
  x.shape.slice(0, -3),
  x.shape.slice(-3) as [number, number, number],
];

const atLeastMatrix = (x: Tensor): Tensor => reshape(x, [-1, x.shape.at(-1)!]);

const listed = (inputs: { readonly [name: string]: Tensor }): Tensor[] =>
  Object.keys(inputs).map((_, k) => inputs[`tensors[${k}]`]!);
