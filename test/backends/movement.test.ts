import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { DType } from '../../src/graph/dtype.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, type Type } from '../../src/graph/type.ts';
import { add, barrier, broadcastTo, concat, flip, mul, reshape, slice, transpose } from '../../src/ops/index.ts';
import { padOp } from '../../src/ops/shape/pad-op.ts';
import { expectSame } from './same-as-reference.ts';

// Long enough for whole vectors, tiles, pieces and what is left of them; the agreement suite has the short ones.
const size = fc.oneof(fc.constantFrom(1, 2, 3, 4, 16, 17, 64), fc.integer({ min: 5, max: 40 }));
const typed: fc.Arbitrary<Type> = fc.record({
  dtype: fc.constantFrom<DType>('f32', 'f32', 'f64', 'i32', 'bool'),
  shape: fc.array(size, { minLength: 1, maxLength: 4 }).filter((shape) => shape.reduce((a, b) => a * b, 1) < 40000),
});
const check = <T>(arbitrary: fc.Arbitrary<T>, run: (value: T) => void): void =>
  fc.assert(fc.property(arbitrary, run), { numRuns: Number(process.env.CASES ?? 60), seed: 4 });
const axesOf = (type: Type): number[] => type.shape.map((_, k) => k);

describe('larger tensors move as in reference', () => {
  it('transpose', () =>
    check(
      typed.chain((x) => fc.tuple(fc.constant(x), fc.shuffledSubarray(axesOf(x), { minLength: x.shape.length }))),
      ([x, permutation]) => expectSame({ x }, (_, t) => ({ y: transpose(t.x as Tensor, permutation) as Tensor })),
    ));

  it('slice', () =>
    check(
      typed.chain((x) =>
        fc.tuple(
          fc.constant(x),
          fc.tuple(...x.shape.map((d) => fc.tuple(fc.nat(d), fc.nat(d), fc.integer({ min: 1, max: 3 })))),
        ),
      ),
      ([x, ranges]) =>
        expectSame({ x }, (_, t) => ({
          y: slice(t.x as Tensor, {
            starts: ranges.map(([a, b]) => Math.min(a, b)),
            limits: ranges.map(([a, b]) => Math.max(a, b)),
            steps: ranges.map(([, , step]) => step),
          }) as Tensor,
        })),
    ));

  it('pad', () =>
    check(
      typed.chain((x) =>
        fc.tuple(
          fc.constant(x),
          fc.tuple(
            ...x.shape.map((d) =>
              fc.tuple(
                fc.integer({ min: -Math.floor(d / 2), max: 5 }),
                fc.integer({ min: -Math.floor(d / 2), max: 5 }),
                fc.nat(2),
              ),
            ),
          ),
          fc.constantFrom(0, 1),
        ),
      ),
      ([x, amounts, value]) =>
        expectSame({ x }, (_, t) => ({
          y: padOp(
            { x: t.x! },
            {
              lo: amounts.map(([lo]) => lo),
              hi: amounts.map(([, hi]) => hi),
              interior: amounts.map(([, , interior]) => interior),
              value,
            },
          ),
        })),
    ));

  it('flip', () =>
    check(
      typed.chain((x) => fc.tuple(fc.constant(x), fc.subarray(axesOf(x)))),
      ([x, axes]) => expectSame({ x }, (_, t) => ({ y: flip(t.x as Tensor, axes) as Tensor })),
    ));

  it('concat', () =>
    check(
      typed.chain((x) =>
        fc.tuple(fc.constant(x), fc.nat(x.shape.length - 1), fc.array(size, { minLength: 1, maxLength: 3 })),
      ),
      ([x, axis, sizes]) =>
        expectSame(
          Object.fromEntries(sizes.map((d, k) => [`x${k}`, { ...x, shape: x.shape.with(axis, d) }])),
          (_, t) => ({ y: concat(Object.values(t), axis) as Tensor }),
        ),
    ));

  it('broadcastTo', () =>
    check(
      typed.chain((x) => fc.tuple(fc.constant(x), fc.tuple(...x.shape.map(() => fc.boolean())))),
      ([x, kept]) =>
        expectSame({ x: { ...x, shape: x.shape.map((d, k) => (kept[k] ? d : 1)) } }, (_, t) => ({
          y: broadcastTo(t.x as Tensor, x.shape) as Tensor,
        })),
    ));
});

describe('values that share memory', () => {
  it('keep it while anybody reads any of them', () =>
    expectSame({ x: f32(4, 6) }, (_, { x }) => {
      const y = mul(x!, 2);
      const flat = reshape(y, [24]);
      const front = slice(flat, { starts: [0], limits: [12] }) as Tensor;
      const back = slice(flat, { starts: [12], limits: [24] }) as Tensor;
      const others = Array.from({ length: 4 }, (_, k) => add(mul(x!, k), 1)).reduce((a, b) => add(a, b));
      return { sum: add(front, back), others, late: add(barrier(back as never, 'late') as Tensor, 1), flat, y };
    }));

  it('are not overwritten through one another', () =>
    expectSame({ x: f32(64) }, (_, { x }) => {
      const y = mul(x!, 3);
      const [front, back] = [0, 32].map((from) => slice(y, { starts: [from], limits: [from + 32] }) as Tensor);
      const sum = add(add(front!, back!), mul(front!, back!));
      return { z: concat([sum, sum], 0) as Tensor };
    }));
});
