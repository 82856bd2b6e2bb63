import type { Draw } from '../../src/graph/op.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import {
  acos,
  acosh,
  alphaDropout,
  asin,
  asinh,
  atanh,
  celu,
  cosh,
  dropout,
  glu,
  hardSigmoid,
  hardSwish,
  hardTanh,
  logSigmoid,
  mish,
  mod,
  mul,
  pow,
  prelu,
  relu6,
  selu,
  shrink,
  sinh,
  softplus,
  softsign,
  tan,
  tanhShrink,
  threshold,
} from '../../src/ops/index.ts';
import type { Composite } from './composites.ts';

const line = (f: (x: Tensor) => Tensor, draw: Draw, rest: Partial<Composite> = {}): Composite => ({
  types: { x: f64(9) },
  degree: { x: 1 },
  dyadic: true,
  order: 3,
  f: (t) => f(t.x!),
  draw: { x: draw },
  ...rest,
});
const smooth = (f: (x: Tensor) => Tensor, draw?: Draw): Composite => ({
  types: { x: f64(7) },
  order: 3,
  f: (t) => f(t.x!),
  ...(draw === undefined ? {} : { draw: { x: draw } }),
});

const awayFromZero: Draw = { kind: 'between', step: 4 };
/** Not so far out that an exponential hides its own derivatives. */
const near: Draw = { kind: 'between', step: 2 };
const within: Draw = { kind: 'range', low: -0.75, high: 0.75 };

/** Activations, dropout and functions of single numbers. */
export const activationComposites: { readonly [name: string]: Composite } = {
  relu6: line(relu6, { kind: 'between', step: 3, offset: 3 }),
  hardTanh: line((x) => hardTanh(x, -1, 1), { kind: 'between' }),
  hardSigmoid: line((x) => hardSigmoid(x, { alpha: 0.25 }), { kind: 'between', step: 2 }),
  hardSwish: line(hardSwish, { kind: 'between', step: 3 }, { degree: { x: 2 }, dyadic: false }),
  'shrink, hard': line((x) => shrink(x, { lambda: 1 }), { kind: 'between' }),
  'shrink, soft': line((x) => shrink(x, { lambda: 1, bias: 1 }), { kind: 'between' }),
  threshold: line((x) => threshold(x, 1, -3), { kind: 'between' }),
  prelu: {
    types: { x: f64(2, 3, 2), slope: f64(3) },
    degree: { x: 1, slope: 1 },
    dyadic: true,
    order: 3,
    f: (t) => prelu(t.x!, t.slope!),
    draw: { x: awayFromZero },
  },
  celu: smooth((x) => celu(x, 1.5), near),
  selu: smooth(selu, near),
  softsign: smooth(softsign, awayFromZero),
  logSigmoid: smooth(logSigmoid),
  mish: smooth(mish),
  tanhShrink: smooth(tanhShrink),
  'softplus, sharp, with a threshold': smooth((x) => softplus(x, { beta: 2, threshold: 3 }), {
    kind: 'between',
    step: 0.5,
  }),
  glu: { types: { x: f64(2, 6) }, order: 3, f: (t) => glu(t.x! as Tensor<[2, 6], 'f64'>, 1) },
  dropout: line((x) => dropout(x, { seed: 3 }), { kind: 'dyadic' }),
  'alphaDropout, channels': {
    types: { x: f64(2, 3, 2) },
    degree: { x: 1 },
    order: 2,
    f: (t) => alphaDropout(t.x!, { rate: 0.3, channels: true }),
  },
  tan: smooth(tan, { kind: 'range', low: -1, high: 1 }),
  asin: smooth(asin, within),
  acos: smooth(acos, within),
  sinh: smooth(sinh),
  cosh: smooth(cosh),
  asinh: smooth(asinh),
  acosh: smooth(acosh, { kind: 'range', low: 1.5, high: 4 }),
  atanh: smooth(atanh, within),
  mod: {
    types: { a: f64(5), b: f64(5) },
    degree: { a: 1, b: 1 },
    dyadic: true,
    order: 3,
    f: (t) => mod(t.a!, mul(t.b!, -1)) as Tensor,
    draw: { a: { kind: 'range', low: 10, high: 11 }, b: { kind: 'range', low: 4, high: 4.75 } },
  },
  ...Object.fromEntries(
    [3, 1, 0, 0.5, -1.5].map((exponent) => [
      `pow, by ${exponent}`,
      smooth((x) => pow(x, exponent) as Tensor, { kind: 'range', low: 0.5, high: 2 }),
    ]),
  ),
  'pow, a number to a tensor': smooth((x) => pow(1.5, x) as Tensor),
};
