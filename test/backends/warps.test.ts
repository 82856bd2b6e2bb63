import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { FloatDType } from '../../src/graph/dtype.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { type Interpolation, sample, splat } from '../../src/ops/index.ts';
import { outsides } from '../../src/ops/warp/outside.ts';
import { expectSame, type Values } from './same-as-reference.ts';

const strange = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e20, -1e20, -1, -2, -0, 0];

/** Quarters around and beyond the plane, and some positions that are no place at all. */
const positions =
  (odd: boolean): Values =>
  (i) => {
    const pick = (i * 2654435761) % 101;
    return odd && pick < strange.length ? strange[pick]! : (pick - 30) / 4;
  };
/** Some values are infinite: reading them with weight 0 is not the same as not reading them. */
const values: Values = (i) => ((i * 7919) % 67 === 0 ? Number.POSITIVE_INFINITY : (((i * 7919) % 33) - 16) / 4);

const axis = fc.record({
  kernel: fc.constantFrom<Interpolation>('linear', 'linear', 'nearest', { cubic: -0.75 }),
  outside: fc.constantFrom(...outsides),
  size: fc.integer({ min: 1, max: 9 }),
});
const cases = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  channels: fc.integer({ min: 1, max: 9 }),
  count: fc.integer({ min: 1, max: 90 }),
  dtype: fc.constantFrom<FloatDType>('f32', 'f64'),
  odd: fc.boolean(),
  axes: fc
    .array(axis, { minLength: 1, maxLength: 3 })
    // The product of two cubic polynomials has more bits than a double.
    .filter((axes) => axes.filter(({ kernel }) => typeof kernel === 'object').length < 2),
});

describe('many positions of any kind give what reference gives', () => {
  it('sample and splat', () =>
    fc.assert(
      fc.property(cases, ({ batch, channels, count, dtype, odd, axes }) => {
        const size = axes.map((a) => a.size);
        const attributes = { axes: axes.map(({ kernel, outside }) => ({ kernel, outside, order: 0 })) };
        expectSame(
          {
            x: odd
              ? [{ dtype, shape: [batch, channels, ...size] }, values]
              : { dtype, shape: [batch, channels, ...size] },
            v: { dtype, shape: [batch, channels, count] },
            p: [{ dtype, shape: [batch, axes.length, count] }, positions(odd)],
          },
          (_, t) => ({
            y: sample(t.x!, t.p!, attributes),
            back: sizeOf(size) > 0 ? splat(t.v!, t.p!, { ...attributes, size }) : t.v!,
          }),
        );
      }),
      { numRuns: Number(process.env.CASES ?? 60), seed: 6 },
    ));
});
