import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { avgPool2d, conv2d, convTranspose2d, matmul, maxPool2d } from '../../../ops/index.ts';
import { type Argument, type Expression, input } from '../expression.ts';
import { type ForeignOperator, f32, type Geometry, seeded } from '../foreign-operator.ts';
import { pointwise } from '../tfjs/pointwise.ts';
import { reductions } from '../tfjs/reductions.ts';
import { dilations, kernels, sizes, strides, type Windows, windowsFor } from '../tfjs/windows.ts';

/** An operator of jax-js; arrays have their channels second. */
export interface JaxOperator<A extends object = object> extends ForeignOperator<A> {
  call(attributes: A): Expression;
}

const linear = { degree: 1 } as const;
const pairs = (amounts: readonly number[]): Argument => amounts.map((n) => [n, n]);

interface Convolution extends Windows {
  readonly padding: readonly number[];
}

function convolution(name: 'conv2d' | 'convTranspose2d'): JaxOperator<Convolution> {
  const transposed = name === 'convTranspose2d';
  return {
    name,
    cases: (fc) =>
      seeded(
        fc,
        fc
          .tuple(windowsFor(fc, 2, 'none', { dilated: true }), fc.tuple(fc.nat(1), fc.nat(1)), fc.nat(1), fc.nat(1))
          .map(([windows, pads, from, to]): Geometry<Convolution> => {
            // A transposed convolution cuts its padding off again.
            const padding = transposed ? kernels(windows).map((k, i) => Math.min(pads[i]!, k >> 1)) : pads;
            const channels = transposed ? [from + 1, to + 1] : [to + 1, from + 1];
            return {
              inputs: {
                x: f32([1, from + 1, ...sizes(windows)], linear),
                w: f32([...channels, ...kernels(windows)], linear),
              },
              attributes: { ...windows, padding },
            };
          }),
      ),
    call: (a) =>
      transposed
        ? {
            call: 'lax.convTranspose',
            args: [
              input('x'),
              input('w'),
              strides(a),
              pairs(a.padding),
              { options: { rhsDilation: dilations(a), transposeKernel: true } },
            ],
          }
        : {
            call: 'lax.convGeneralDilated',
            args: [input('x'), input('w'), strides(a), pairs(a.padding), { options: { rhsDilation: dilations(a) } }],
          },
    reference: ({ x, w }, a) => {
      const options = { stride: strides(a), dilation: dilations(a), padding: a.padding };
      return (transposed ? convTranspose2d(x!, w!, options) : conv2d(x!, w!, options)) as Tensor;
    },
  };
}

const pooling = (kind: 'max' | 'mean', ties: boolean): JaxOperator<Windows> => ({
  name: `${kind === 'max' ? 'maxPool2d' : 'avgPool2d'}${ties ? ' ties' : ''}`,
  cases: (fc) =>
    seeded(
      fc,
      windowsFor(fc, 2, 'none').map((windows): Geometry<Windows> => {
        const shape = [1, 1, ...sizes(windows)];
        const offset = -(sizeOf(shape) >> 1);
        const draw = ties
          ? ({ kind: 'integers', low: -1, high: 1 } as const)
          : kind === 'max'
            ? ({ kind: 'distinct', offset } as const)
            : undefined;
        return { inputs: { x: f32(shape, { ...linear, ...(draw && { draw }) }) }, attributes: windows, kink: ties };
      }),
    ),
  call: (a) => ({
    call: 'lax.reduceWindow',
    args: [input('x'), { path: `np.${kind}` }, [1, 1, ...kernels(a)], [1, 1, ...strides(a)]],
  }),
  reference: ({ x }, a) => {
    const options = { kernel: kernels(a), stride: strides(a) };
    return (kind === 'max' ? maxPool2d(x!, options) : avgPool2d(x!, options)) as Tensor;
  },
});

const product: JaxOperator = {
  name: 'matmul',
  cases: (fc) => {
    const length = fc.integer({ min: 1, max: 3 });
    return seeded(
      fc,
      fc.tuple(length, length, length, length, fc.boolean()).map(([batch, m, k, n, shared]) => ({
        inputs: { a: f32([batch, m, k], linear), b: f32([shared ? 1 : batch, k, n], linear) },
        attributes: {},
      })),
    );
  },
  call: () => ({ call: 'np.matmul', args: [input('a'), input('b')] }),
  reference: ({ a, b }) => matmul(a!, b!) as Tensor,
};

/** What jax-js calls the functions that it shares with tfjs. */
const names: { readonly [name: string]: string } = {
  abs: 'np.abs',
  acosh: 'np.acosh',
  add: 'np.add',
  asin: 'np.asin',
  asinh: 'np.asinh',
  atan: 'np.atan',
  atanh: 'np.atanh',
  cos: 'np.cos',
  cosh: 'np.cosh',
  div: 'np.divide',
  elu: 'nn.elu',
  erf: 'lax.erf',
  exp: 'np.exp',
  expm1: 'np.expm1',
  log: 'np.log',
  log1p: 'np.log1p',
  maximum: 'np.maximum',
  minimum: 'np.minimum',
  mul: 'np.multiply',
  neg: 'np.negative',
  pow: 'np.power',
  reciprocal: 'np.reciprocal',
  relu: 'nn.relu',
  relu6: 'nn.relu6',
  selu: 'nn.selu',
  sigmoid: 'nn.sigmoid',
  sin: 'np.sin',
  sinh: 'np.sinh',
  softplus: 'nn.softplus',
  sqrt: 'np.sqrt',
  square: 'np.square',
  sub: 'np.subtract',
  tan: 'np.tan',
  tanh: 'np.tanh',
  sum: 'np.sum',
  mean: 'np.mean',
  prod: 'np.prod',
  max: 'np.max',
  min: 'np.min',
  logSumExp: 'nn.logsumexp',
  softmax: 'nn.softmax',
  logSoftmax: 'nn.logSoftmax',
  cumsum: 'np.cumsum',
  cumprod: 'np.cumprod',
};

/** The sides of an operator that has none of its own here: `max ties` is `max`. */
const shared = [...pointwise, ...reductions].flatMap((op): JaxOperator[] => {
  const [stem = '', ...rest] = op.name.split(' ');
  const call = names[stem];
  const known = rest.every((word) => ['ties', 'broadcast', 'at', '0'].includes(word));
  return call === undefined || !known
    ? []
    : [{ ...op, call: (attributes) => ({ call, args: op.call(attributes).args }) }];
});

/** What of jax-js is checked. */
export const jaxOperators: readonly JaxOperator[] = [
  convolution('conv2d'),
  convolution('convTranspose2d'),
  pooling('max', false),
  pooling('max', true),
  pooling('mean', false),
  product,
  ...shared,
];
