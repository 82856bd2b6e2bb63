import { describe, expect, test } from 'vitest';
import { array, f32, f64, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { declareParameters, net, psp } from '../../src/nn/index.ts';
import { constant, deformConv2d, maxPool2d, roiAlign, roiPool, spp } from '../../src/ops/index.ts';
import { codeOf } from './code-of.ts';
import { decides } from './page.ts';
import { plane, type Values, values } from './values.ts';

describe('corrections of regions, pyramids and deformation', () => {
  test('47: RoI align depends on alignment, samples and borders', () => {
    const ramp = plane(
      8,
      8,
      Array.from({ length: 64 }, (_, i) => i % 8),
    );
    const at = (...box: number[]) =>
      values({ x: ramp, box: array(f64(1, 5), [0, ...box]) }, ({ x, box }) => ({
        pool: roiPool(x, box, { outputSize: 1 }) as Tensor,
        align: roiAlign(x, box, { outputSize: 1 }) as Tensor,
        aligned: roiAlign(x, box, { outputSize: 1, aligned: true }) as Tensor,
        once: roiAlign(x, box, { outputSize: 1, samplingRatio: 1 }) as Tensor,
      }));
    const inner = at(1, 1, 4, 4);
    // One sample, in the middle of the box: 8 is one element outside, and as good as 7 by torchvision's rule.
    const [near, far] = [at(7, 2, 9, 4).once[0], at(7.02, 2, 9.02, 4).once[0]];
    decides(
      47,
      `brightness 0 … 7 in a box from 1 to 4: ${inner.pool[0]} by RoI pooling, ${inner.align[0]} by RoI align, ${inner.aligned[0]!.toFixed(1)} aligned; at 8 the border reads ${near}, at 8.02 it is ${far}`,
    );
  });

  test('48: 2×2 is a grid, not a window', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 8, 12, 12));
    const grids = (spp(x, [1, 2, 3, 6]) as Tensor).shape[1];
    const windows = [1, 2, 3, 6].reduce(
      (sum, kernel) => sum + (maxPool2d(x as Values, { kernel }) as Tensor).shape.reduce((a, b) => a * b, 1),
      0,
    );
    decides(48, `12×12 with 8 channels: ${grids} = 50·8 numbers from grids, ${windows} from windows`);
  });

  test('49: without 1×1 convolutions the channels of a PSP module explode', () => {
    const channels = ([4, 'none'] as const).map((reduce) => {
      const block = net('psp', {}, psp({ in: 16, reduce }));
      const g = new GraphBuilder();
      return block.apply(g.input('x', f32(1, 16, 12, 12)), declareParameters(g, block.parameterTypes)).shape[1];
    });
    decides(49, `16 channels become ${channels[0]} with the reduction to C/N, ${channels[1]} without`);
  });

  test('50: offsets are (y, x), tap by tap, and version 2 has a mask', () => {
    const moved = (offsetOrder: 'yx' | 'xy', weight?: number): number | undefined =>
      values({ x: plane(3, 3) }, ({ x }) => {
        const g = x.graph;
        const offset = constant(g, f64(1, 2, 1, 1), [1, 0]);
        const w = constant(g, f64(1, 1, 1, 1), [1]);
        const mask = weight === undefined ? {} : { mask: constant(g, f64(1, 1, 1, 1), [weight]) as Tensor };
        return { y: deformConv2d(x, offset, w, { stride: 3, offsetOrder, ...mask }) as Tensor };
      }).y[0];
    decides(
      50,
      `offset (1, 0) at the corner of 0 … 8 reads ${moved('xy')} as (x, y), ${moved('yx')} as (y, x), ${moved('yx', 0.5)} under a mask of 0.5`,
    );
  });

  test('51: a mask has one channel per tap', () => {
    const g = new GraphBuilder();
    const made = (channels: number): Tensor =>
      deformConv2d(
        g.input(`x${channels}`, f64(1, 1, 5, 5)),
        g.input(`o${channels}`, f64(1, 18, 3, 3)),
        g.input(`w${channels}`, f64(1, 1, 3, 3)),
        {
          mask: g.input(`m${channels}`, f64(1, channels, 3, 3)) as Tensor,
        },
      ) as Tensor;
    expect(made(9).shape).toEqual([1, 1, 3, 3]);
    decides(51, `3×3 taps: a mask of 9 channels fits, of 2·9 = 18 is refused (${codeOf(() => made(18))})`);
  });
});
