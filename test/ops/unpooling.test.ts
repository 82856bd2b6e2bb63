import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grad, vjp } from '../../src/autodiff/index.ts';
import { gradcheck } from '../../src/check/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  avgPool1d,
  avgPool2d,
  avgUnpool1d,
  avgUnpool2d,
  maxPool2d,
  maxPoolWithIndices,
  maxUnpool1d,
  maxUnpool2d,
  mul,
  planeIndices,
  sum,
  wholeIndices,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const policies = ['sum', 'last', 'max', 'error'] as const;
const values = (count: number, seed = 1): number[] =>
  Array.from({ length: count }, (_, i) => ((i * 7 + seed * 5) % 23) - 11);

describe('maxUnpool', () => {
  const g = new GraphBuilder();
  const y = g.input('y', f64(1, 1, 4));
  const at = g.input('at', i32(1, 1, 4));
  const unpool = (onDuplicate: (typeof policies)[number]) => maxUnpool1d(y, at, { kernel: 2, stride: 1, onDuplicate });
  const run = (onDuplicate: (typeof policies)[number], numbers: readonly number[], places: readonly number[]) => {
    const z = unpool(onDuplicate);
    const [ct] = grad(sum(mul(z, z)), [y]);
    const results = runGraph({ z, ct: ct! }, { y: array(y, numbers), at: array(at, places) });
    return [[...results.z.data], [...results.ct.data]];
  };

  it.each([
    ['sum', [0, 0, 5, 0, 7], [0 + 10, 10, 10, 14]],
    ['last', [0, 0, 1, 0, 7], [0, 0, 2, 14]],
    ['max', [0, 0, 3, 0, 7], [0, 6, 0, 14]],
  ] as const)('of duplicates keeps: %s, and gives the gradient to what it kept', (policy, z, ct) => {
    // 1, 3 and 1 share position 2.
    expect(run(policy, [1, 3, 1, 7], [2, 2, 2, 4])).toEqual([z, ct]);
  });

  it('keeps a greatest value that is negative, the first of equal ones, and any NaN', () => {
    expect(run('max', [-3, -1, -1, -7], [2, 2, 2, 0])[1]).toEqual([0, -2, 0, -14]);
    expect(run('max', [1, Number.NaN, 5, Number.NaN], [2, 2, 2, 2])[0]).toEqual([0, 0, Number.NaN, 0, 0]);
  });

  it('refuses duplicates when run, if told so', () => {
    expect(() => run('error', [1, 2, 3, 4], [0, 3, 3, 1])).toThrow('keep-one/shared: two elements stand at position 3');
    expect(run('error', [1, 2, 3, 4], [0, 3, -1, 1])[0]).toEqual([1, 4, 0, 2, 0]);
  });

  it('refuses indices outside the plane when run', () => {
    expect(() => run('last', [1, 2, 3, 4], [0, 1, 2, 5])).toThrow('gather/position:');
  });

  it('is the gradient of max pooling where no windows overlap', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2, 3, 5, 6));
    const { values: pooled, indices } = maxPoolWithIndices(x, { kernel: [2, 3] });
    const ct = g.input('ct', f64(2, 3, 2, 2));
    const z = maxUnpool2d(ct, indices, { kernel: [2, 3], outputSize: [5, 6], onDuplicate: 'error' });
    const results = runGraph(
      { z, back: vjp(pooled, x, ct) },
      { x: array(x, values(180)), ct: array(ct, values(24, 2)) },
    );
    expect(results.z.data).toEqual(results.back.data);
  });

  it('pooled again gives y where y ≥ 0 or a window is full, else max(y, 0)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3),
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 4, maxLength: 4 }),
        (k, list) => {
          const g = new GraphBuilder();
          const x = g.input('x', f64(1, 1, 2 * k, 2 * k));
          const { indices } = maxPoolWithIndices(x, { kernel: k });
          const y = g.input('y', f64(1, 1, 2, 2));
          const again = maxPool2d(maxUnpool2d(y, indices as never, { kernel: k }) as Tensor<[1, 1, 6, 6], 'f64'>, {
            kernel: k,
          });
          const result = runGraph({ again }, { x: array(x, values(4 * k * k)), y: array(y, list) }).again;
          expect([...result.data]).toEqual(list.map((v) => (k === 1 ? v : Math.max(v, 0))));
        },
      ),
    );
  });

  it.each(policies.slice(0, 3))('%s has right gradients to order 3', (onDuplicate) => {
    const tally = gradcheck(
      ({ y, at }) => {
        const z = maxUnpool2d(y, at, { kernel: 2, stride: 1, onDuplicate });
        return mul(z, z);
      },
      {
        name: 'maxUnpool2d',
        types: { y: f64(1, 2, 2, 3), at: i32(1, 2, 2, 3) },
        seed: 3,
        order: 3,
        degree: { y: 2 },
        dyadic: true,
        draw: { y: { kind: 'distinct' }, at: { kind: 'integers', low: -1, high: 5 } },
      },
    ).expect();
    expect(tally.exact).toBeGreaterThan(0);
  });

  it('needs an index for every value', () => {
    const g = new GraphBuilder();
    expect(() => maxUnpool1d(g.input('y', f64(1, 1, 3)), g.input('at', i32(1, 1, 4)) as never, { kernel: 2 })).toThrow(
      'unpool/indices:',
    );
  });
});

describe('avgUnpool', () => {
  const options = fc
    .record({
      length: fc.integer({ min: 1, max: 7 }),
      kernel: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 4 }),
      lo: fc.nat(1),
      hi: fc.nat(1),
      ceil: fc.boolean(),
      countIncludePad: fc.boolean(),
    })
    .filter(({ length, kernel, lo, hi }) => length + lo + hi >= kernel);

  it('adjoint: ⟨pool(x), y⟩ = ⟨x, unpool(y)⟩ with the same divisor', () => {
    fc.assert(
      fc.property(options, ({ length, kernel, stride, lo, hi, ceil, countIncludePad }) => {
        const g = new GraphBuilder();
        const x: Tensor = g.input('x', f64(2, 1, length));
        const walk = { kernel, stride, padding: [[lo, hi]] as const, countIncludePad };
        const pooled = avgPool1d(x, { ...walk, ceil }) as Tensor;
        const y: Tensor = g.input('y', { dtype: 'f64', shape: pooled.shape });
        const back = avgUnpool1d(y, { ...walk, mode: 'adjoint', outputSize: length }) as Tensor;
        const sides = { there: sum(mul(pooled, y)), back: sum(mul(x, back)) };
        const results = runGraph(sides, { x: array(x, values(2 * length)), y: array(y, values(sizeOf(y.shape), 3)) });
        expect(results.there.item()).toBeCloseTo(results.back.item(), 11);
      }),
      { numRuns: 200 },
    );
  });

  it('copy: pooling again gives y back; adjoint divides it by the window', () => {
    const g = new GraphBuilder();
    const y = g.input('y', f64(1, 2, 2, 3));
    const walk = { kernel: [2, 4] } as const;
    const copied = avgUnpool2d(y, walk);
    const results = runGraph(
      {
        copied,
        again: avgPool2d(copied, walk),
        adjoint: avgPool2d(avgUnpool2d(y, { ...walk, mode: 'adjoint' }), walk),
      },
      { y: array(y, values(12)) },
    );
    expect([...results.again.data]).toEqual(values(12));
    expect([...results.adjoint.data]).toEqual(values(12).map((v) => v / 8));
    expect([...results.copied.data.slice(0, 12)]).toEqual(values(3).flatMap((v) => [v, v, v, v]));
  });

  it('copies of a constant are the constant where windows stand, 0 in holes', () => {
    const g = new GraphBuilder();
    const y = g.input('y', f64(1, 1, 3));
    const overlapping = avgUnpool1d(y, { kernel: 3, stride: 2 });
    const holes = avgUnpool1d(y, { kernel: 2, stride: 3 });
    const results = runGraph({ overlapping, holes }, { y: array(y, [5, 5, 5]) });
    expect([...results.overlapping.data]).toEqual([5, 5, 5, 5, 5, 5, 5]);
    expect([...results.holes.data]).toEqual([5, 5, 0, 5, 5, 0, 5, 5]);
  });

  it('refuses an output size that pools to another number', () => {
    const y = new GraphBuilder().input('y', f64(1, 1, 3));
    expect(() => avgUnpool1d(y, { kernel: 2, outputSize: 9 })).toThrow('unpool/size:');
  });
});

describe('indices through the whole tensor, as ONNX counts', () => {
  const plane = [3, 4] as const;
  const g = new GraphBuilder();
  const whole = g.input('whole', i32(2, 2, 1, 3));
  const list = [0, 5, 11, 12, 18, 23, 24, -1, 35, 36, 41, 47];

  it('are indices into each plane, and back', () => {
    const inside = planeIndices(whole, { plane });
    const results = runGraph({ inside, back: wholeIndices(inside, { plane }) }, { whole: array(whole, list) });
    expect([...results.inside.data]).toEqual([0, 5, 11, 0, 6, 11, 0, -1, 11, 0, 5, 11]);
    expect([...results.back.data]).toEqual(list);
  });

  it('may count columns first', () => {
    const inside = planeIndices(whole, { plane, order: 'column' });
    const results = runGraph(
      { inside, back: wholeIndices(inside, { plane, order: 'column' }) },
      { whole: array(whole, list) },
    );
    // Column-first, 5 is row 2 of column 1, row-first position 2·4 + 1.
    expect(results.inside.data[1]).toBe(9);
    expect([...results.back.data]).toEqual(list);
  });
});
