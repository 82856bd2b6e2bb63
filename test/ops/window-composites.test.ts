import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradcheck } from '../../src/check/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, type Type } from '../../src/graph/type.ts';
import {
  adaptiveAvgPool2d,
  avgPool2d,
  conv2d,
  convTranspose2d,
  maxPool2d,
  resize2d,
  upsample,
} from '../../src/ops/index.ts';

type Inputs = { readonly [name: string]: Tensor };

/** A function under proof, drawn by fast-check together with its inputs' types. */
interface Drawn {
  readonly types: { readonly [name: string]: Type };
  readonly build: (inputs: Inputs) => Tensor;
  /** Whether inputs must be distinct for the function to have a derivative. */
  readonly distinct?: boolean;
}

const size = fc.integer({ min: 3, max: 6 });
const pair = (arbitrary: fc.Arbitrary<number>) => fc.tuple(arbitrary, arbitrary);
const image = fc
  .record({ batch: fc.constantFrom(1, 2), channels: fc.constantFrom(1, 2), h: size, w: size })
  .map(({ batch, channels, h, w }) => f64(batch, channels, h, w));
const pooling = fc
  .record({
    kernel: pair(fc.integer({ min: 1, max: 3 })),
    stride: pair(fc.integer({ min: 1, max: 3 })),
    pads: pair(fc.nat(1)),
    ceil: fc.boolean(),
  })
  .map(({ kernel, stride, pads, ceil }) => {
    const padding = pads.map((p, i) => [Math.min(p, Math.floor(kernel[i]! / 2)), 0] as const);
    return { kernel, stride, padding, ceil };
  });

const functions: { readonly [name: string]: fc.Arbitrary<Drawn> } = {
  conv2d: fc
    .record({ x: image, stride: pair(fc.constantFrom(1, 2)), mode: fc.constantFrom('zero', 'reflect', 'circular') })
    .map(({ x, stride, mode }) => ({
      types: { x, w: f64(2, x.shape[1]!, 2, 3), bias: f64(2) },
      build: ({ x, w, bias }) =>
        conv2d(x!, w!, {
          bias: bias!,
          stride,
          padding: [
            [0, 1],
            [1, 2],
          ],
          paddingMode: mode as 'zero',
        }),
    })),
  convTranspose2d: fc
    .record({ x: image, stride: pair(fc.constantFrom(1, 2, 3)), groups: fc.constantFrom(1, 2) })
    .map(({ x, stride, groups }) => ({
      types: { x: f64(x.shape[0]!, 2, 2, 3), w: f64(2, 2, 2, 3) },
      build: ({ x, w }) => convTranspose2d(x!, w!, { stride, groups, padding: [1, 0], outputPadding: [0, 0] }),
    })),
  maxPool2d: fc
    .record({ x: image, options: pooling, ties: fc.constantFrom('first' as const, 'last' as const) })
    .map(({ x, options, ties }) => ({
      types: { x },
      build: ({ x }) => maxPool2d(x!, { ...options, ties }),
      distinct: true,
    })),
  avgPool2d: fc
    .record({ x: image, options: pooling, countIncludePad: fc.boolean() })
    .map(({ x, options, countIncludePad }) => ({
      types: { x },
      build: ({ x }) => avgPool2d(x!, { ...options, countIncludePad }),
    })),
  adaptiveAvgPool2d: fc
    .record({ x: image, grid: pair(fc.integer({ min: 1, max: 7 })) })
    .map(({ x, grid }) => ({ types: { x }, build: ({ x }) => adaptiveAvgPool2d(x!, grid) })),
  resize2d: fc
    .record({
      x: image,
      size: pair(fc.integer({ min: 1, max: 9 })),
      mode: fc.constantFrom('nearest' as const, 'linear' as const),
      coordinates: fc.constantFrom('half_pixel' as const, 'align_corners' as const, 'asymmetric' as const),
    })
    .map(({ x, ...options }) => ({ types: { x }, build: ({ x }) => resize2d(x!, options) })),
  upsample: fc
    .record({ x: image, factor: pair(fc.integer({ min: 1, max: 3 })) })
    .map(({ x, factor }) => ({ types: { x }, build: ({ x }) => upsample(x!, factor, 'linear') })),
};

describe.each(Object.entries(functions))('%s', (name, drawn) => {
  it('has right gradients, and gradients of gradients', () => {
    let compared = 0;
    fc.assert(
      fc.property(drawn, fc.noBias(fc.nat()), ({ types, build, distinct = false }, seed) => {
        const degree = Object.fromEntries(Object.keys(types).map((input) => [input, 1]));
        const draw = distinct ? { x: { kind: 'distinct' as const } } : {};
        const tally = gradcheck(build, { name, types, seed, order: 2, degree, draw }).expect();
        compared += tally.bounded;
      }),
      { numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(0);
  });
});
