import type { Draw } from '../../src/graph/op.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import {
  concat,
  cumulativeProduct,
  cumulativeSum,
  groupNorm,
  instanceNorm,
  layerNorm,
  localResponseNorm,
  lpNormalise,
  meanVarianceNorm,
  norm,
  prod,
  rmsNorm,
  runningStatistics,
  std,
} from '../../src/ops/index.ts';
import type { Composite } from './composites.ts';

const image = { x: f64(2, 4, 3) };
const normal = (types: Composite['types'], f: Composite['f']): Composite => ({
  types,
  f,
  order: 2,
  condition: 16,
});
const scaled = { ...image, gamma: f64(4), beta: f64(4) };
const affine = { degree: { gamma: 1, beta: 1 } };
/** With zeros among the factors. */
const withZeros: Draw = { kind: 'integers', low: -1, high: 1 };
const products = (f: (x: Tensor) => Tensor, degree: number): Composite => ({
  types: { x: f64(2, degree) },
  degree: { x: degree },
  dyadic: true,
  order: 3,
  f: (t) => f(t.x!),
  draw: { x: withZeros },
});
const measured = (p: number, draw: Draw, rest: Partial<Composite> = {}): Composite => ({
  types: { x: f64(3, 4) },
  order: 3,
  f: (t) => norm(t.x!, { p, axes: 1 }) as Tensor,
  draw: { x: draw },
  ...rest,
});
const awayFromZero: Draw = { kind: 'between', step: 4 };
const positive: Draw = { kind: 'range', low: 0.5, high: 3 };

/** Normalisations, norms, products and running totals. */
export const normComposites: { readonly [name: string]: Composite } = {
  groupNorm: {
    ...normal(scaled, (t) => groupNorm(t.x!, { groups: 2, gamma: t.gamma!, beta: t.beta! })),
    ...affine,
  },
  instanceNorm: { ...normal(scaled, (t) => instanceNorm(t.x!, { gamma: t.gamma!, beta: t.beta! })), ...affine },
  layerNorm: {
    ...normal({ ...image, gamma: f64(4, 3), beta: f64(3) }, (t) =>
      layerNorm(t.x!, { axis: 1, gamma: t.gamma!, beta: t.beta! }),
    ),
    ...affine,
  },
  rmsNorm: normal({ ...image, gamma: f64(3) }, (t) => rmsNorm(t.x!, { gamma: t.gamma! })),
  meanVarianceNorm: normal(image, (t) => meanVarianceNorm(t.x!)),
  'lpNormalise, p = 3': normal(image, (t) => lpNormalise(t.x!, 1, { p: 3 })),
  'localResponseNorm, as PyTorch': normal(image, (t) => localResponseNorm(t.x!, { size: 2, alpha: 0.5 })),
  'localResponseNorm, as ONNX': normal(image, (t) =>
    localResponseNorm(t.x!, { size: 4, alpha: 0.5, convention: 'onnx' }),
  ),
  ...Object.fromEntries(
    (['together', 'apart'] as const).map((images) => [
      `runningStatistics, images ${images}`,
      {
        types: { ...image, mean: f64(4), variance: f64(4) },
        degree: { x: 2, mean: 1, variance: 1 },
        order: 3,
        f: (t) => {
          const next = runningStatistics(t.x!, { mean: t.mean!, variance: t.variance! }, { images });
          return concat([next.mean, next.variance], 0);
        },
      } satisfies Composite,
    ]),
  ),
  std: { types: { x: f64(3, 4) }, order: 3, f: (t) => std(t.x!, { axes: 1, correction: 1 }) as Tensor },
  'norm, p = 1': measured(1, awayFromZero, { degree: { x: 1 }, dyadic: true }),
  'norm, p = 2': measured(2, awayFromZero),
  'norm, p = 3': measured(3, awayFromZero),
  'norm, p = 1.5': measured(1.5, awayFromZero),
  'norm, p = −1': measured(-1, positive),
  'norm, p = ∞': measured(
    Number.POSITIVE_INFINITY,
    { kind: 'distinct', offset: 1 },
    { degree: { x: 1 }, dyadic: true },
  ),
  'norm, p = −∞': measured(
    Number.NEGATIVE_INFINITY,
    { kind: 'distinct', offset: 1 },
    { degree: { x: 1 }, dyadic: true },
  ),
  'prod, zeros among the factors': products((x) => prod(x, { axes: 1 }) as Tensor, 4),
  'prod, all axes': {
    ...products((x) => prod(x) as Tensor, 2),
    degree: { x: 4 },
  },
  'cumulativeProduct, zeros among the factors': products((x) => cumulativeProduct(x, 1), 4),
  'cumulativeProduct, exclusive, in reverse': products(
    (x) => cumulativeProduct(x, 1, { exclusive: true, reverse: true }),
    4,
  ),
  'cumulativeSum, exclusive, in reverse': {
    types: { x: f64(2, 3) },
    degree: { x: 1 },
    dyadic: true,
    order: 3,
    f: (t) => cumulativeSum(t.x!, 1, { exclusive: true, reverse: true }),
  },
};
