import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import type { Interpolation } from './interpolation.ts';
import type { Outside } from './outside.ts';
import { positionGradient } from './position-gradient.ts';
import { sampleCases } from './sample-cases.ts';
import { sampleKinks } from './sample-kinks.ts';
import { sampleProducts } from './sample-products.ts';
import { sampleType } from './sample-type.ts';
import { splatOp } from './splat.ts';
import { placesOf, supportAlong, tapsOf } from './taps.ts';

/** How positions along one axis are read. */
export interface SampleAxis {
  readonly kernel: Interpolation;
  /** How often the kernel is differentiated by the position; 0 to 1 for `linear`, to 3 for cubic ones. */
  readonly order: number;
  readonly outside: Outside;
}

export interface SampleAttributes {
  /** One per spatial axis of x, outermost first. */
  readonly axes: readonly SampleAxis[];
}

/** The record of `sample`. */
export const sampleOp: Op<'x' | 'p', SampleAttributes> = defineOp('sample', {
  doc:
    'x[B,C,…] at real positions p[B,axes,M], counted in elements: y[b,c,m] = Σ_i x[b,c,i]·Π_k φ_k(p[b,k,m] − i_k), φ_k ' +
    'the kernel of axis k differentiated `order` times. At whole positions the right derivative; at −1 and below, or the ' +
    'size and above, nothing where `outside` is zero (cubic: −2 and below).',
  infer: ({ x, p }, { axes }) => sampleType(x, p, axes),
  kernel: ({ x, p }, { axes }, y) => {
    const [batch, channels, ...size] = x.shape as readonly [number, number, ...number[]];
    const count = p.shape[2]!;
    const plane = sizeOf(size);
    for (let b = 0; b < batch; b++) {
      const { width, at, weight } = tapsOf(p, b, size, axes);
      for (let c = 0; c < channels; c++) {
        const from = (b * channels + c) * plane;
        const to = (b * channels + c) * count;
        for (let m = 0, tap = 0; m < count; m++) {
          let value = 0;
          for (const end = tap + width; tap < end; tap++)
            if (at[tap]! >= 0) value += weight[tap]! * x.data[from + at[tap]!]!;
          y.data[to + m] = value;
        }
      }
    }
  },
  // Closed: derived in docs/derivations/sample.md.
  vjp: {
    x: ({ x, p, ct }, { axes }) => splatOp({ x: ct, p }, { axes, size: x.shape.slice(2) }),
    p: ({ x, p, ct }, { axes }) => positionGradient(x, p, ct, axes),
  },
  degree: { x: 1, p: 4 },
  branch: ({ x, p }, { axes }) => placesOf(p, x.shape.slice(2), axes),
  kinks: sampleKinks,
  cases: (fc) =>
    sampleCases(fc).map(({ batch, channels, size, count, axes, draw }) => ({
      types: { x: f64(batch, channels, ...size), p: f64(batch, size.length, count) },
      attributes: { axes },
      draw: { p: draw },
    })),
  reach: ({ x, p }, { axes }) => ({
    x: { kind: 'sampled', by: 'p', axes: axes.map((axis, k) => supportAlong(axis, x.shape[k + 2]!)) },
    p: { kind: 'axes', axes: p.shape.map((_, axis) => (axis === 1 ? { kind: 'all' } : along(axis))) },
  }),
  flops: ({ y }, attributes) => 2 * sampleProducts(y, attributes).exact,
  multiplyAdds: ({ y }, attributes) => sampleProducts(y, attributes),
  example: (g) =>
    sample(g.input('x', f64(1, 2, 4, 5)), g.input('p', f64(1, 2, 3)), {
      axes: [
        { kernel: 'linear', order: 0, outside: 'zero' },
        { kernel: 'linear', order: 0, outside: 'zero' },
      ],
    }),
});

/** Reads x[B,C,…] at positions p[B,axes,M] in elements of x (operators.md 70); the transpose of `splat` in x. */
export const sample = (x: Tensor, p: Tensor, { axes }: SampleAttributes): Tensor => sampleOp({ x, p }, { axes });
