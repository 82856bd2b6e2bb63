import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { calibrateConvCost } from '../../src/analysis/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import { type ConvCost, conv1d, conv2d, defaultConvCost, fftConv1d, fftConv2d } from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const axis = fc
  .record({
    window: fc.integer({ min: 1, max: 5 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    lo: fc.integer({ min: -2, max: 3 }),
    hi: fc.integer({ min: -2, max: 3 }),
    more: fc.integer({ min: 0, max: 30 }),
  })
  .map(({ window, dilation, lo, hi, more, ...rest }) => {
    const span = (window - 1) * dilation + 1;
    return { ...rest, window, dilation, pads: [lo, hi] as const, length: Math.max(1, span - lo - hi) + more };
  });
const channels = fc.record({
  batch: fc.integer({ min: 0, max: 2 }),
  groups: fc.integer({ min: 1, max: 2 }),
  inputs: fc.integer({ min: 1, max: 3 }),
  outputs: fc.integer({ min: 1, max: 2 }),
});
/** Other prices choose other blocks: one for all where moving is dear, many short ones where long transforms are. */
const cost = fc.record<ConvCost>({
  multiplyAdd: fc.constant(1),
  butterfly: fc.constantFrom(0, 1, 100),
  product: fc.constantFrom(0, 1, 100),
  move: fc.constantFrom(0, 1, 100),
});

const pseudo = (n: number, step: number) => Array.from({ length: n }, (_, i) => Math.sin(step * (i + 1) * (i + 2)));
const length2 = (x: readonly number[]) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));

describe.each([1, 2] as const)('fftConv%id', (rank) => {
  it.prop([channels, fc.array(axis, { minLength: rank, maxLength: rank }), cost])(
    'is the direct correlation, within the rounding of transforms',
    ({ batch, groups, inputs, outputs }, axes, cost) => {
      const g = new GraphBuilder();
      const types = {
        x: f64(batch, groups * inputs, ...axes.map(({ length }) => length)),
        w: f64(groups * outputs, inputs, ...axes.map(({ window }) => window)),
      };
      const values = { x: pseudo(sizeOf(types.x.shape), 0.7), w: pseudo(sizeOf(types.w.shape), 1.3) };
      const [x, w]: Tensor[] = [g.input('x', types.x), g.input('w', types.w)];
      const bias: Tensor = g.input('b', f64(groups * outputs));
      const options = {
        bias,
        groups,
        stride: axes.map(({ stride }) => stride),
        dilation: axes.map(({ dilation }) => dilation),
        padding: axes.map(({ pads }) => pads),
      };
      const [direct, fast] = rank === 1 ? [conv1d, fftConv1d] : [conv2d, fftConv2d];
      const made = runGraph(
        { want: direct(x!, w!, options), got: fast(x!, w!, { ...options, algorithm: 'fft', cost }) },
        {
          x: array(types.x, values.x),
          w: array(types.w, values.w),
          b: array(f64(groups * outputs), pseudo(groups * outputs, 2)),
        },
      );
      expect(made.got.shape).toEqual(made.want.shape);
      const longest = axes.reduce((sum, { length }) => sum + Math.log2(4 * length + 32), 1);
      const bound = 16 * Number.EPSILON * longest * (1 + length2(values.x) * length2(values.w));
      made.want.data.forEach((want, i) => {
        expect(Math.abs(made.got.data[i]! - want)).toBeLessThanOrEqual(bound);
      });
    },
  );
});

describe('the choice of algorithm', () => {
  const opsOf = (cost: ConvCost | undefined, k: number, algorithm?: 'auto' | 'direct' | 'fft') => {
    const g = new GraphBuilder();
    const y = fftConv2d(g.input('x', f64(1, 2, 32, 32)), g.input('w', f64(2, 2, k, k)), {
      ...(cost === undefined ? {} : { cost }),
      ...(algorithm === undefined ? {} : { algorithm }),
    });
    return new Set(g.build({ y }).nodes.map(({ op }) => op.name));
  };

  it('goes by the cost: short windows directly, long ones by transforms where multiplying is dear', () => {
    const dear = { ...defaultConvCost, multiplyAdd: 100 };
    expect(opsOf(undefined, 3)).not.toContain('dft');
    expect(opsOf(dear, 25)).toContain('dft');
    expect(opsOf(dear, 25)).not.toContain('conv');
  });

  it('can be made by hand', () => {
    expect(opsOf(undefined, 1, 'fft')).toContain('dft');
    expect(opsOf({ ...defaultConvCost, multiplyAdd: 1e9 }, 9, 'direct')).not.toContain('dft');
    expect(() => opsOf(undefined, 1, 'best' as 'auto')).toThrow(/fft\/algorithm/);
  });

  it('takes what a calibration measures', () => {
    const cost = calibrateConvCost({ milliseconds: 2 });
    for (const price of Object.values(cost)) expect(price).toBeGreaterThan(0);
    expect(opsOf(cost, 5).size).toBeGreaterThan(0);
  });

  it('refuses what conv2d refuses', () => {
    const g = new GraphBuilder();
    const [x, w]: Tensor[] = [g.input('x', f64(1, 2, 4, 4)), g.input('w', f64(1, 3, 5, 5))];
    expect(() => fftConv2d(x!, w!)).toThrow(/conv\/channels/);
    const wide: Tensor = g.input('v', f64(1, 2, 5, 5));
    expect(() => fftConv2d(x!, wide)).toThrow(/conv\/window/);
  });
});
