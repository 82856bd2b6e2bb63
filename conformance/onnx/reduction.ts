import {
  abs,
  argmax,
  cast,
  cumulativeProduct,
  cumulativeSum,
  div,
  full,
  log,
  logSumExp,
  max,
  min,
  neg,
  norm,
  prod,
  reshape,
  square,
  sum,
  type Tensor,
} from 'cotangent';
import type { OnnxAdapter, OnnxAdapters } from './adapter.ts';
import { knownAxes } from './known-axes.ts';
import type { OnnxNode } from './onnx-node.ts';

/** What is left of the axes that a reduction names. */
export const reduction: OnnxAdapters = {
  ArgMax: (node) => position(node, node.x(0)),
  ArgMin: (node) => position(node, neg(node.x(0))),
  CumProd: (node) =>
    cumulativeProduct(node.x(0), node.numbers(1)[0]!, {
      exclusive: node.flag('exclusive'),
      reverse: node.flag('reverse'),
    }),
  CumSum: (node) =>
    cumulativeSum(node.x(0), node.numbers(1)[0]!, {
      exclusive: node.flag('exclusive'),
      reverse: node.flag('reverse'),
    }),
  ReduceL1: over((x, axes) => sum(abs(x), { axes })),
  ReduceL2: over((x, axes) => norm(x, { axes })),
  ReduceLogSum: over((x, axes) => log(sum(x, { axes }))),
  ReduceLogSumExp: over((x, axes) =>
    counted(x, axes) === 0 ? empty(x, axes, Number.NEGATIVE_INFINITY) : logSumExp(x, { axes }),
  ),
  ReduceMax: over(extreme(max, Number.NEGATIVE_INFINITY)),
  ReduceMean: over((x, axes) => div(sum(x, { axes }), counted(x, axes))),
  ReduceMin: over(extreme(min, Number.POSITIVE_INFINITY)),
  ReduceProd: over((x, axes) => prod(x, { axes })),
  ReduceSum: over((x, axes) => sum(x, { axes }), 13),
  ReduceSumSquare: over((x, axes) => sum(square(x), { axes })),
};

/** A reduction over known axes (an attribute before opset `since`); all of them, or none where the node says so. */
function over(f: (x: Tensor, axes: number[]) => Tensor, since = 18): OnnxAdapter {
  return (node) => {
    const x = node.x(0);
    const given = knownAxes(node, since) ?? [];
    const all = x.shape.map((_, k) => k);
    const axes = given.length > 0 ? given : node.flag('noop_with_empty_axes') ? [] : all;
    const y = f(x, axes);
    if (!node.flag('keepdims', 1)) return y;
    return reshape(
      y,
      all.map((k) => (axes.includes(k) ? 1 : x.shape[k]!)),
    );
  };
}

const counted = (x: Tensor, axes: readonly number[]): number => axes.reduce((n, k) => n * x.shape[k]!, 1);

function empty(x: Tensor, axes: readonly number[], value: number): Tensor {
  return full(x.graph, { dtype: x.dtype, shape: x.shape.filter((_, k) => !axes.includes(k)) }, value);
}

/** The extreme of nothing is its neutral element, of integers the last one of 32 bits; false is less than true. */
function extreme(f: typeof max, neutral: number): (x: Tensor, axes: number[]) => Tensor {
  return (x, axes) => {
    if (counted(x, axes) > 0) return x.dtype === 'bool' ? cast(f(cast(x, 'i32'), { axes }), 'bool') : f(x, { axes });
    if (x.dtype === 'bool') return empty(x, axes, neutral > 0 ? 1 : 0);
    return empty(x, axes, x.dtype === 'i32' ? (neutral > 0 ? 2 ** 31 - 1 : -(2 ** 31)) : neutral);
  };
}

function position(node: OnnxNode, rising: Tensor): Tensor {
  return argmax(rising, node.int('axis', 0), {
    keepDims: node.flag('keepdims', 1),
    ties: node.flag('select_last_index') ? 'last' : 'first',
  });
}
