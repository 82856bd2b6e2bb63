import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vjp } from '../../../src/autodiff/index.ts';
import { drawPoint } from '../../../src/check/draw.ts';
import { Random } from '../../../src/check/random.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array, type NdArray } from '../../../src/graph/nd-array.ts';
import { f32, f64 } from '../../../src/graph/type.ts';
import { type Interpolation, type Outside, sample, splat } from '../../../src/ops/index.ts';
import { sampleOp } from '../../../src/ops/warp/sample.ts';
import { runGraph } from '../run-graph.ts';
import { sampleLoop } from './sample-oracle.ts';

const axisOf = (kernel: Interpolation, outside: Outside) => ({ kernel, order: 0, outside });
const zero = axisOf('linear', 'zero');

/** Values at positions along one axis, and the gradient of their sum by the positions. */
function along(x: readonly number[], p: readonly number[], axis = zero) {
  const g = new GraphBuilder();
  const feeds = { x: array(f64(1, 1, x.length), x), p: array(f64(1, 1, p.length), p) };
  const position = g.input('p', feeds.p);
  const y = sample(g.input('x', feeds.x), position, { axes: [axis] });
  const ones = array(f64(1, 1, p.length), new Array<number>(p.length).fill(1));
  const slope = vjp(y, position, g.input('u', ones));
  const out = runGraph({ y, slope }, { ...feeds, u: ones });
  return { y: Array.from(out.y.data), slope: Array.from(out.slope.data) };
}

describe('sample', () => {
  it('is the sum of kernel weights over everything near a position, in f64 and f32', () =>
    fc.assert(
      fc.property(sampleOp.cases(fc), fc.nat(), fc.constantFrom('f64', 'f32'), (drawn, seed, dtype) => {
        const axes = drawn.attributes.axes.map((axis) => ({ ...axis, order: 0 }));
        const g = new GraphBuilder();
        const value = (name: 'x' | 'p'): NdArray =>
          drawPoint({ ...drawn.types[name], dtype }, drawn.draw?.[name] ?? { kind: 'dyadic' }, new Random(seed, name));
        const [x, p] = [value('x'), value('p')];
        const { y } = runGraph({ y: sample(g.input('x', x), g.input('p', p), { axes }) }, { x, p });
        const expected = sampleLoop(x, p, axes);
        expect(y.data.length).toBe(expected.length);
        for (const [i, v] of expected.entries()) expect(y.data[i]).toBeCloseTo(v, dtype === 'f64' ? 12 : 4);
      }),
      { numRuns: 300 },
    ));

  it('reads elements at whole positions, whatever the kernel', () => {
    for (const kernel of ['nearest', 'linear', { cubic: -0.75 }] as const)
      expect(along([3, 1, 4], [0, 1, 2, -1, 3], axisOf(kernel, 'zero')).y).toEqual([3, 1, 4, 0, 0]);
  });

  it('takes the right derivative at whole positions, and none at a zero border or beyond', () => {
    expect(along([3, 1, 4], [0, 1, 2]).slope).toEqual([-2, 3, -4]);
    expect(along([3, 1, 4], [-1, 3, -1.5, 3.5, -1e300, 1e300]).slope).toEqual([0, 0, 0, 0, 0, 0]);
    expect(along([3, 1, 4], [-0.5, 2.5])).toEqual({ y: [1.5, 2], slope: [3, -4] });
  });

  it('continues x by its border or mirrored', () => {
    const p = [-3, -2, -1, 3, 4, 5];
    expect(along([1, 2, 3], p, axisOf('linear', 'replicate')).y).toEqual([1, 1, 1, 3, 3, 3]);
    expect(along([1, 2, 3], p, axisOf('linear', 'reflect')).y).toEqual([2, 3, 2, 2, 1, 2]);
    expect(along([1, 2, 3], p, axisOf('linear', 'symmetric')).y).toEqual([3, 2, 1, 3, 2, 1]);
    expect(along([7], p, axisOf('linear', 'reflect')).y).toEqual([7, 7, 7, 7, 7, 7]);
    expect(along([7], p, axisOf({ cubic: -0.5 }, 'symmetric')).y).toEqual([7, 7, 7, 7, 7, 7]);
  });

  it('rounds half-way positions to even elements, mirrored ones after they are mirrored', () => {
    const nearest = (outside: Outside, p: readonly number[]) => along([1, 2, 3, 4], p, axisOf('nearest', outside)).y;
    expect(nearest('zero', [-0.5, 0.5, 1.5, 2.5, 3.5, -0.6])).toEqual([1, 1, 3, 3, 0, 0]);
    expect(nearest('replicate', [-9, 3.5, 9])).toEqual([1, 4, 4]);
    expect(nearest('symmetric', [-1.5, -0.75, 4.5])).toEqual([1, 1, 3]);
    expect(nearest('reflect', [-0.75, 3.75])).toEqual([2, 3]);
  });

  it('gives NaN at a position that is not a number, and nothing at infinity outside zeros', () => {
    for (const kernel of ['nearest', 'linear', { cubic: -0.75 }] as const)
      for (const outside of ['zero', 'replicate'] as const)
        expect(along([1, 2], [Number.NaN], axisOf(kernel, outside)).y).toEqual([Number.NaN]);
    expect(along([1, 2], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]).y).toEqual([0, 0]);
  });

  it('works on nothing: no elements, channels, images or positions', () => {
    const sizes = [
      [1, 2, 0, 3],
      [1, 0, 2, 3],
      [0, 2, 2, 3],
      [1, 2, 2, 0],
    ] as const;
    for (const [batch, channels, length, count] of sizes)
      for (const outside of ['zero', 'replicate', 'reflect', 'symmetric'] as const) {
        const g = new GraphBuilder();
        const feeds = { x: array(f32(batch, channels, length)), p: array(f32(batch, 1, count)) };
        const axes = [axisOf('linear', outside)];
        const [x, p] = [g.input('x', feeds.x), g.input('p', feeds.p)];
        const y = sample(x, p, { axes });
        const [gx, gp] = vjp([y], [x, p], [y]);
        const out = runGraph({ y, gx: gx!, gp: gp! }, feeds);
        expect(out.y).toEqual(array(f32(batch, channels, count)));
        expect(out.gx.shape).toEqual(x.shape);
        expect(out.gp.shape).toEqual(p.shape);
      }
  });

  it('refuses what does not fit', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 2, 4, 5));
    const axes = [zero, zero];
    expect(() => sample(x, g.input('p', f64(1, 3, 6)), { axes })).toThrow('sample/positions');
    expect(() => sample(x, g.input('q', f64(1, 1, 6)), { axes: [zero] })).toThrow('sample/rank');
    expect(() => sample(x, g.input('r', f32(1, 2, 6)), { axes })).toThrow('sample/dtype');
    const p = g.input('s', f64(1, 2, 6));
    expect(() => sample(x, p, { axes: [zero, { ...zero, order: 2 }] })).toThrow('sample/order');
    expect(() => sample(x, p, { axes: [zero, { ...zero, outside: 'wrap' as 'zero' }] })).toThrow('sample/outside');
    expect(() => sample(x, p, { axes: [zero, { ...zero, kernel: 'lanczos' as 'linear' }] })).toThrow('sample/kernel');
    expect(() => splat(x, p, { axes, size: [4, 5] })).toThrow('splat/values');
    expect(() => splat(g.input('v', f64(1, 2, 6)), p, { axes, size: [4] })).toThrow('splat/size');
  });
});
