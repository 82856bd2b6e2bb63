import type { GraphBuilder, Tensor } from '../../src/graph/index.ts';
import { sizeOf } from '../../src/graph/index.ts';
import * as o from '../../src/ops/index.ts';

/** Numbers that decide what a move does. */
export type Pick = readonly [number, number, number];
/** Makes another tensor of those made so far, images [batch, channels, height, width] all; undefined where none fits. */
export type Move = (g: GraphBuilder, made: readonly Tensor[], pick: Pick) => Tensor | undefined;
type Moves = { readonly [name: string]: Move };

/** No tensor grows beyond. */
export const mostElements = 600;

/** One of them, the latest more often than not, so that chains grow. */
const of = (made: readonly Tensor[], pick: number): Tensor =>
  made[pick % 3 === 0 ? pick % made.length : made.length - 1 - (pick % Math.min(2, made.length))]!;

const unary =
  (f: (x: Tensor, q: number, r: number) => Tensor | undefined): Move =>
  (_, made, [p, q, r]) =>
    f(of(made, p), q, r);
/** Of two of one shape, or one repeated along axes of size 1. */
const binary =
  (f: (a: Tensor, b: Tensor) => Tensor): Move =>
  (_, made, [p, q]) => {
    const a = of(made, p);
    const fitting = made.filter((b) => b.shape.every((d, k) => d === a.shape[k] || d === 1));
    return f(a, fitting[q % fitting.length]!);
  };
/** An input of the graph's own, of the dtype of x. */
const input = (g: GraphBuilder, x: Tensor, shape: readonly number[], kind = 'w'): Tensor =>
  g.input(`${kind}${g.tensors.length}`, { dtype: x.dtype, shape });

const within = (x: Tensor, kernel: number, padding: number): boolean =>
  x.shape.slice(2).every((d) => d + 2 * padding >= kernel);

/** Small whole numbers again, with the gradient of what they were: so that numbers stay exact over many moves. */
const settled = (x: Tensor): Tensor => {
  const near = o.clip(x, -4, 4);
  return o.add(near, o.stopGradient(o.sub(o.round(near), near)));
};

/** Where every number is a small dyadic one, nothing is rounded. */
export const exactMoves: Moves = {
  conv: (g, made, [p, q, r]) => {
    const x = of(made, p);
    const [kernel, stride, padding] = [1 + (q % 3), 1 + (r % 2), r % 3 === 0 ? 0 : 1];
    if (!within(x, kernel, padding)) return undefined;
    return settled(o.conv2d(x, input(g, x, [1 + (q % 5), x.shape[1]!, kernel, kernel]), { stride, padding }));
  },
  depthwise: (g, made, [p, q]) => {
    const x = of(made, p);
    if (!within(x, 3, 1)) return undefined;
    const w = input(g, x, [x.shape[1]! * (1 + (q % 2)), 1, 3, 3]);
    return settled(o.conv2d(x, w, { padding: 1, groups: x.shape[1]!, dilation: 1 }));
  },
  transposed: (g, made, [p, q]) => {
    const x = of(made, p);
    return settled(o.convTranspose2d(x, input(g, x, [x.shape[1]!, 1 + (q % 3), 2, 2]), { stride: 1 + (q % 2) }));
  },
  bias: (g, made, [p]) => o.add(of(made, p), input(g, of(made, p), [1, of(made, p).shape[1]!, 1, 1])),
  maxPool: unary((x, q) => (within(x, 2, 0) ? o.maxPool2d(x, { kernel: 2, stride: 1 + (q % 2) }) : undefined)),
  avgPool: unary((x) => (within(x, 2, 0) ? o.avgPool2d(x, { kernel: 2 }) : undefined)),
  nearest: unary((x) => o.resize2d(x, { scale: 2, mode: 'nearest' })),
  linear: unary((x) => settled(o.resize2d(x, { scale: 2, mode: 'linear' }))),
  pad: unary((x, q, r) => {
    const mode = (['zero', 'reflect', 'replicate'] as const)[q % 3]!;
    const widths = [0, 0, r % 2, 1 + (r % 2)].map((n, k) => [n, k === 3 ? 1 : 0] as const);
    return x.shape[3]! > 2 && x.shape[2]! > 1 ? o.pad(x, widths, { mode }) : undefined;
  }),
  slice: unary((x, q) => {
    const starts = x.shape.map((d, k) => (k === q % 4 && d > 1 ? 1 : 0));
    return o.slice(x, { starts, limits: x.shape });
  }),
  concat: (_, made, [p, q]) => {
    const a = of(made, p);
    const fitting = made.filter((b) => b.shape.every((d, k) => k === q % 4 || d === a.shape[k]));
    return o.concat([a, fitting[q % fitting.length]!], q % 4) as Tensor;
  },
  flip: unary((x, q) => o.flip(x, [q % 4])),
  roll: unary((x, q, r) => o.roll(x, q % 3, r % 4) as Tensor),
  transpose: unary((x, q) =>
    o.transpose(
      x,
      [
        [0, 1, 3, 2],
        [1, 0, 2, 3],
        [0, 2, 3, 1],
        [3, 2, 1, 0],
      ][q % 4]!,
    ),
  ),
  reshape: unary((x, q) => {
    const [n, c, h, w] = x.shape as readonly [number, number, number, number];
    return o.reshape(x, q % 2 === 0 ? [n, 1, c * h, w] : [1, n * c, h, w]);
  }),
  depthToSpace: unary((x) => (x.shape[1]! % 4 === 0 ? (o.depthToSpace(x, { block: 2 }) as Tensor) : undefined)),
  spaceToDepth: unary((x) =>
    x.shape[2]! % 2 === 0 && x.shape[3]! % 2 === 0 ? (o.spaceToDepth(x, { block: 2 }) as Tensor) : undefined,
  ),
  add: binary((a, b) => o.add(a, b)),
  sub: binary((a, b) => o.sub(a, b)),
  mul: binary((a, b) => settled(o.mul(a, b))),
  maximum: binary((a, b) => o.maximum(a, b)),
  minimum: binary((a, b) => o.minimum(a, b)),
  masked: binary((a, b) => o.select(o.less(a, b), a, o.neg(b))),
  relu: unary((x) => o.relu(x)),
  leaky: unary((x) => o.leakyRelu(x, 0.25)),
  abs: unary((x) => o.abs(x)),
  half: unary((x) => settled(o.mul(x, 0.5))),
  sign: unary((x) => o.mul(o.sign(x), x)),
  total: unary((x, q) => settled(o.sum(x, { axes: [q % 4], keepDims: true }) as Tensor)),
  running: unary((x, q) => settled(o.cumulativeSum(x, q % 4))),
  greatest: unary((x, q) => o.max(x, { axes: [q % 4], keepDims: true }) as Tensor),
  sort: unary((x, q) => o.sort(x, q % 4).values as Tensor),
  position: unary((x, q) =>
    settled(o.add(o.mul(x, 0), o.cast(o.argmax(x, q % 4, { keepDims: true }), x.dtype) as Tensor)),
  ),
  matmul: unary((x) => settled(o.matmul(x, o.transpose(x, [0, 1, 3, 2])) as Tensor)),
  unfold: unary((x) => (within(x, 2, 0) ? o.expandDims(o.unfold(x, { kernel: 2 }) as Tensor, 1) : undefined)),
  stop: unary((x) => o.add(x, o.stopGradient(x))),
};

const gentle = (x: Tensor): Tensor => o.mul(x, 0.25);

/** Functions that round, without jumps: what they give changes as little as their operands. */
export const smoothMoves: Moves = {
  ...Object.fromEntries(
    [
      ...['bias', 'avgPool', 'nearest', 'pad', 'slice', 'concat', 'flip', 'roll', 'transpose', 'reshape'],
      ...['depthToSpace', 'spaceToDepth', 'add', 'sub', 'stop'],
    ].map((name) => [name, exactMoves[name]!]),
  ),
  conv: (g, made, [p, q, r]) => {
    const x = of(made, p);
    const kernel = r % 4 === 0 ? 1 : 3;
    const w = input(g, x, [1 + (q % 9), x.shape[1]!, kernel, kernel]);
    return within(x, kernel, 1) ? gentle(o.conv2d(x, w, { padding: 1, stride: 1 + (q % 2) })) : undefined;
  },
  dilated: (g, made, [p, q]) => {
    const x = of(made, p);
    return gentle(o.conv2d(x, input(g, x, [2 + (q % 3), x.shape[1]!, 3, 3]), { padding: 2, dilation: 2 }));
  },
  transposed: (g, made, [p, q]) => {
    const x = of(made, p);
    return gentle(o.convTranspose2d(x, input(g, x, [x.shape[1]!, 1 + (q % 3), 3, 3]), { stride: 2, padding: 1 }));
  },
  deform: (g, made, [p, q]) => {
    const x = of(made, p);
    const [n, c, h, w] = x.shape as readonly [number, number, number, number];
    if (n * 18 * h * w > 4 * mostElements) return undefined;
    const offset = input(g, x, [n, 18, h, w], 'p');
    return gentle(o.deformConv2d(x, offset, input(g, x, [1 + (q % 3), c, 3, 3]), { padding: 1 }));
  },
  linear: unary((x) => o.resize2d(x, { scale: 2, mode: 'linear' })),
  shrink: unary((x) => o.resize2d(x, { size: [2, 3], mode: 'linear' })),
  cubic: unary((x) => o.resize2d(x, { size: [5, 4], mode: 'cubic' })),
  blur: unary((x) => o.gaussianBlur(x, { kernel: 3, padding: 'replicate' }) as Tensor),
  mul: binary((a, b) => gentle(o.mul(a, b))),
  div: binary((a, b) => o.div(a, o.add(o.square(b), 1))),
  exp: unary((x) => o.exp(o.tanh(x))),
  log: unary((x) => o.log(o.add(o.square(x), 1))),
  sqrt: unary((x) => o.sqrt(o.add(o.square(x), 1))),
  tanh: unary(o.tanh),
  sigmoid: unary(o.sigmoid),
  gelu: unary((x) => o.gelu(x)),
  silu: unary((x) => o.silu(x)),
  softplus: unary((x) => o.softplus(x)),
  erf: unary(o.erf),
  sin: unary((x) => o.sin(x)),
  atan: unary(o.atan),
  pow: unary((x) => gentle(o.pow(o.add(o.square(x), 1), 0.75))),
  softmax: unary((x, q) => o.softmax(x, q % 4)),
  logSoftmax: unary((x, q) => gentle(o.logSoftmax(x, q % 4))),
  mean: unary((x, q) => o.add(x, o.mean(x, { axes: [q % 4], keepDims: true }) as Tensor)),
  running: unary((x, q) => gentle(o.cumulativeSum(x, q % 4))),
  matmul: unary((x) => gentle(o.matmul(x, o.transpose(x, [0, 1, 3, 2])) as Tensor)),
  norm: unary((x) => (sizeOf(x.shape.slice(1)) > 3 ? o.groupNorm(x, { groups: 1, epsilon: 0.1 }) : undefined)),
};
