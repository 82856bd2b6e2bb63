import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { positionGradient } from './position-gradient.ts';
import { type SampleAttributes, sampleOp } from './sample.ts';
import { sampleCases } from './sample-cases.ts';
import { splatKinks } from './sample-kinks.ts';
import { sampleProducts } from './sample-products.ts';
import { splatType } from './sample-type.ts';
import { placesOf, tapsOf } from './taps.ts';

export interface SplatAttributes extends SampleAttributes {
  /** The result's axes after batch and channels. */
  readonly size: Shape;
}

/** The record of `splat`. */
export const splatOp: Op<'x' | 'p', SplatAttributes> = defineOp('splat', {
  doc:
    'The transpose of `sample`: x[B,C,M] spread around positions p[B,axes,M] of a plane, ' +
    'y[b,c,i] = Σ_m x[b,c,m]·Π_k φ_k(p[b,k,m] − i_k).',
  infer: ({ x, p }, attributes) => splatType(x, p, attributes),
  kernel: ({ x, p }, { axes, size }, y) => {
    const [batch, channels, count] = x.shape as readonly [number, number, number];
    const sums = new Float64Array(sizeOf(size));
    for (let b = 0; b < batch; b++) {
      const { width, at, weight } = tapsOf(p, b, size, axes);
      for (let c = 0; c < channels; c++) {
        const from = (b * channels + c) * count;
        sums.fill(0);
        for (let m = 0, tap = 0; m < count; m++) {
          const value = x.data[from + m]!;
          for (const end = tap + width; tap < end; tap++) if (at[tap]! >= 0) sums[at[tap]!]! += weight[tap]! * value;
        }
        y.data.set(sums, (b * channels + c) * sums.length);
      }
    }
  },
  vjp: {
    x: ({ p, ct }, { axes }) => sampleOp({ x: ct, p }, { axes }),
    p: ({ x, p, ct }, { axes }) => positionGradient(ct, p, x, axes),
  },
  degree: { x: 1, p: 4 },
  branch: ({ p }, { axes, size }) => placesOf(p, size, axes),
  kinks: splatKinks,
  irrelevant: { size: 'the cotangent has it' },
  cases: (fc) =>
    sampleCases(fc).map(({ batch, channels, size, count, axes, draw }) => ({
      types: { x: f64(batch, channels, count), p: f64(batch, size.length, count) },
      attributes: { axes, size },
      draw: { p: draw },
    })),
  reach: ({ p }) => ({
    x: { kind: 'axes', axes: [along(0), along(1), { kind: 'all' }] },
    p: { kind: 'axes', axes: p.shape.map((_, axis) => (axis === 0 ? along(0) : { kind: 'all' })) },
  }),
  flops: ({ x }, attributes) => 2 * sampleProducts(x, attributes).exact,
  multiplyAdds: ({ x }, attributes) => sampleProducts(x, attributes),
  example: (g) =>
    splat(g.input('x', f64(1, 2, 3)), g.input('p', f64(1, 2, 3)), {
      axes: [
        { kernel: 'linear', order: 0, outside: 'zero' },
        { kernel: 'linear', order: 0, outside: 'zero' },
      ],
      size: [4, 5],
    }),
});

/** Spreads x[B,C,M] around positions p[B,axes,M] of a plane of the given size; the transpose of `sample` in x. */
export const splat = (x: Tensor, p: Tensor, { axes, size }: SplatAttributes): Tensor =>
  splatOp({ x, p }, { axes, size: [...size] });
