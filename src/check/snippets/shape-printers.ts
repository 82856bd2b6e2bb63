import type { AnyOp } from '../../graph/op.ts';
import { matmulOp } from '../../ops/linear/matmul.ts';
import { cumulativeSumOp } from '../../ops/reduce/cumulative-sum.ts';
import { sumOp } from '../../ops/reduce/sum.ts';
import { broadcastOp } from '../../ops/shape/broadcast.ts';
import { concatOp } from '../../ops/shape/concat.ts';
import { flipOp } from '../../ops/shape/flip.ts';
import { padOp } from '../../ops/shape/pad-op.ts';
import { reshapeOp } from '../../ops/shape/reshape.ts';
import { sliceOp } from '../../ops/shape/slice.ts';
import { transposeOp } from '../../ops/shape/transpose.ts';
import { list, type Printers, printed, python, tuple } from './printer.ts';

/** Reductions, products and changes of shape. */
export const shapePrinters: readonly (readonly [AnyOp, Printers])[] = [
  printed(matmulOp, {
    pytorch: () => 'torch.matmul(a, b)',
    jax: () => 'jnp.matmul(a, b)',
    tfjs: () => 'tf.matMul(a, b)',
  }),
  printed(sumOp, {
    pytorch: ({ axes }) => (axes.length === 0 ? 'x.clone()' : `x.sum(${list(axes)})`),
    jax: ({ axes }) => `x.sum(${tuple(axes)})`,
    tfjs: ({ axes }) => (axes.length === 0 ? 'tf.clone(x)' : `tf.sum(x, ${list(axes)})`),
  }),
  printed(cumulativeSumOp, {
    pytorch: ({ axis, reverse }) => (reverse ? `x.flip(${axis}).cumsum(${axis}).flip(${axis})` : `x.cumsum(${axis})`),
    jax: ({ axis, reverse }) => `lax.cumsum(x, ${axis}, reverse=${python(reverse)})`,
    tfjs: ({ axis, reverse }) => `tf.cumsum(x, ${axis}, false, ${reverse})`,
  }),
  printed(broadcastOp, {
    pytorch: ({ shape, axes }, { x }) => `x.reshape(${list(spread(x!.shape, shape, axes))}).expand(${list(shape)})`,
    jax: ({ shape, axes }) => `lax.broadcast_in_dim(x, ${tuple(shape)}, ${tuple(axes)})`,
    tfjs: ({ shape, axes }, { x }) =>
      `tf.broadcastTo(tf.reshape(x, ${list(spread(x!.shape, shape, axes))}), ${list(shape)})`,
  }),
  printed(concatOp, {
    pytorch: ({ axis }, types) => `torch.cat(${list(Object.keys(types))}, ${axis})`,
    jax: ({ axis }, types) => `jnp.concatenate(${list(Object.keys(types))}, ${axis})`,
    tfjs: ({ axis }, types) => `tf.concat(${list(Object.keys(types))}, ${axis})`,
  }),
  printed(flipOp, {
    pytorch: ({ axes }) => `torch.flip(x, ${list(axes)})`,
    jax: ({ axes }) => `jnp.flip(x, ${tuple(axes)})`,
    tfjs: ({ axes }) => `tf.reverse(x, ${list(axes)})`,
  }),
  printed(padOp, {
    pytorch: ({ lo, hi, interior, value }) =>
      interior.some((d) => d > 0)
        ? undefined
        : `F.pad(x, ${list(lo.flatMap((low, i) => [low, hi[i]!]).reduceRight<number[]>(byPairs, []))}, value=${value})`,
    jax: ({ lo, hi, interior, value }) =>
      `lax.pad(x, jnp.array(${value}, x.dtype), ${list(lo.map((low, i) => tuple([low, hi[i]!, interior[i]!])))})`,
    tfjs: ({ lo, hi, interior, value }) =>
      [...lo, ...hi].some((d) => d < 0) || interior.some((d) => d > 0)
        ? undefined
        : `tf.pad(x, ${list(lo.map((low, i) => list([low, hi[i]!])))}, ${value})`,
  }),
  printed(reshapeOp, {
    pytorch: ({ shape }) => `x.reshape(${list(shape)})`,
    jax: ({ shape }) => `x.reshape(${tuple(shape)})`,
    tfjs: ({ shape }) => `tf.reshape(x, ${list(shape)})`,
  }),
  printed(sliceOp, {
    pytorch: (attributes) => `x[${ranges(attributes)}]`,
    jax: ({ starts, limits, steps }) => `lax.slice(x, ${[starts, limits, steps].map(tuple).join(', ')})`,
    tfjs: ({ starts, limits, steps }) => `tf.stridedSlice(x, ${[starts, limits, steps].map(list).join(', ')})`,
  }),
  printed(transposeOp, {
    pytorch: ({ permutation }) => `x.permute(${list(permutation)})`,
    jax: ({ permutation }) => `jnp.transpose(x, ${tuple(permutation)})`,
    tfjs: ({ permutation }) => `tf.transpose(x, ${list(permutation)})`,
  }),
];

/** x’s shape with 1 for every axis that it does not have. */
const spread = (from: readonly number[], shape: readonly number[], axes: readonly number[]): number[] =>
  shape.map((_, axis) => (axes.includes(axis) ? from[axes.indexOf(axis)]! : 1));

/** PyTorch lists the last axis first: turns the order of pairs, walking from the right. */
const byPairs = (turned: number[], value: number, i: number): number[] =>
  i % 2 === 1 ? [...turned, value] : turned.toSpliced(-1, 0, value);

const ranges = ({
  starts,
  limits,
  steps,
}: {
  readonly starts: readonly number[];
  readonly limits: readonly number[];
  readonly steps: readonly number[];
}): string => (starts.length === 0 ? '...' : starts.map((start, i) => `${start}:${limits[i]}:${steps[i]}`).join(', '));
