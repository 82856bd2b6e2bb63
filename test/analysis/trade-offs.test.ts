import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldStacks, fieldTradeOffs, strideReport } from '../../src/analysis/index.ts';
import { bestUpsamplingError } from '../../src/analysis/trade-offs/best-upsampling.ts';
import { compile } from '../../src/backends/index.ts';
import { Random } from '../../src/check/random.ts';
import { array, f64, GraphBuilder, type NdArray } from '../../src/graph/index.ts';
import { resize2d, slice, upsample } from '../../src/index.ts';
import { shapesDataset } from '../../src/train/index.ts';

describe('fieldTradeOffs', () => {
  const rows = new Map(fieldTradeOffs({ channels: 8, size: 32 }).map((row) => [row.name, row]));

  it('fields and weights that can be told from the layers', () => {
    const seen = Object.fromEntries(
      [...rows].map(([name, { field, holes, parameters }]) => [name, [field, holes, parameters / 64]]),
    );
    expect(seen).toEqual({
      '3×3': [3, 0, 9],
      '5×5': [5, 0, 25],
      '9×9': [9, 0, 81],
      '5×5 ×2': [9, 0, 50],
      '3×3 ×4': [9, 0, 36],
      'pool + 3×3': [6, 0, 9],
      'pool + 3×3 ×2': [10, 0, 18],
      'stride 2, 3×3 ×2': [11, 0, 27],
      'dilated 4': [9, 6, 9],
      'dilated 1, 2, 1': [9, 0, 27],
      'dilated 1, 2, 4, 8': [31, 0, 36],
      '3×3 ×15': [31, 0, 135],
      '31×31': [31, 0, 961],
    });
    expect([...rows.keys()]).toEqual(Object.keys(fieldStacks));
  });

  it('multiply-adds are weights times places, fewer where resolution is given up', () => {
    for (const { name, parameters, macs, macsPerOutput, resolution, jump } of rows.values()) {
      expect(macsPerOutput * resolution * 32 ** 2).toBe(macs);
      expect(jump, name).toEqual([Math.sqrt(1 / resolution), 1]);
      expect(macs, name).toBe(parameters * resolution * 32 ** 2);
    }
    expect(rows.get('pool + 3×3')!.resolution).toBe(1 / 4);
  });

  it('of other stacks, by any convention: borders multiply less', () => {
    const stacks = { even: [{ kernel: 4 }, { pool: 2 }, { kernel: 2, dilation: 3 }] };
    const [formula] = fieldTradeOffs({ stacks, channels: 2, size: 16 });
    const [exact] = fieldTradeOffs({ stacks, channels: 2, size: 16, convention: 'exact' });
    expect(exact).toMatchObject({ field: 4 + 1 + 3 * 2, jump: [2, 1], resolution: 1 / 4, parameters: 4 * (16 + 4) });
    expect(exact!.macs).toBeLessThan(formula!.macs);
  });
});

const sceneOf = (seed: number, size = 64): NdArray =>
  shapesDataset({ size, classes: 6, count: 1, seed }).samples[0]!.image;

const meanSquare = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length;

describe('strideReport', () => {
  it('s² in planes, s²·C_in/C_out in all (correction 10)', () => {
    const image = sceneOf(1);
    for (const { stride, spatial, outputs, adjusted } of strideReport({ image })) {
      expect(spatial).toBe(stride ** 2);
      expect(adjusted).toBe((stride ** 2 * 64) / outputs);
      expect(adjusted).toBe(stride);
    }
    // With as many channels the notes are right; where the stride does not divide the sides, nearly.
    for (const { spatial, adjusted } of strideReport({ image, channels: 3, outputs: () => 3 }))
      expect(adjusted).toBe(spatial);
    expect(strideReport({ image, strides: [3] })[0]!.spatial).toBe((64 / 22) ** 2);
  });

  it('scenes: the larger the stride the less is left, and smoothing before leaves more', () => {
    for (const seed of [1, 2, 3]) {
      const rows = strideReport({ image: sceneOf(seed), strides: [2, 3, 4] });
      for (const [i, { psnr, smoothed }] of rows.entries()) {
        expect(smoothed).toBeGreaterThan(psnr);
        if (i > 0) expect(psnr).toBeLessThan(rows[i - 1]!.psnr);
      }
    }
  });

  it('what was enlarged linearly comes back whole', () => {
    const g = new GraphBuilder();
    const small = array(
      f64(1, 2, 12, 12),
      new Random(5, 'x').permutation(288).map((value) => value / 288),
    );
    const x = g.input('x', f64(1, 2, 12, 12));
    const large = compile(g.build({ y: upsample(x, 2, 'nearest') })).run({ x: small }).y!;
    const [row] = strideReport({ image: array(f64(2, 24, 24), large.data), strides: [2] });
    expect(row!.psnr).toBeGreaterThan(90);
  });

  it('refuses batches and images that are too small', () => {
    expect(() => strideReport({ image: array(f64(1, 1, 32, 32)) })).toThrow('stride/image');
    expect(() => strideReport({ image: array(f64(1, 12, 32)) })).toThrow('stride/image');
  });
});

describe('the best upsampling', () => {
  it('is at least as near as any known one of as few neighbours', () =>
    fc.assert(
      fc.property(fc.nat(99), fc.constantFrom(2, 4), (seed, stride) => {
        const image = sceneOf(seed, 32);
        const g = new GraphBuilder();
        const x = g.input('x', f64(1, 3, 32, 32));
        const small = slice(x, { starts: [0, 0, 0, 0], limits: [1, 3, 32, 32], steps: [1, 1, stride, stride] });
        const modes = ['nearest', 'linear', { cubic: -0.5 }, { cubic: -0.75 }] as const;
        const restored = modes.map((mode, k) => [
          `y${k}`,
          resize2d(small, { size: [32, 32], mode, coordinates: 'asymmetric' }),
        ]);
        const known = compile(g.build({ small, ...Object.fromEntries(restored) })).run({
          x: array(f64(1, 3, 32, 32), image.data),
        });
        const planes = array(f64(3, 32 / stride, 32 / stride), known.small!.data);
        const best = bestUpsamplingError(planes, image, stride);
        for (const k of modes.keys())
          expect(best).toBeLessThanOrEqual(meanSquare(known[`y${k}`]!.data, image.data) * (1 + 1e-9));
      }),
      { numRuns: 8 },
    ));
});
