import type { Tensor } from '../../graph/tensor.ts';
import {
  adaptiveAvgPool2d,
  antialiasDownsample,
  avgPool2d,
  constant,
  depthwiseConv2d,
  einsum,
  filter2d,
  fractionalMaxPool2d,
  gaussianBlur,
  learnablePool2d,
  maxPool2d,
  pad,
  psRoiAlign,
  psRoiPool,
  reshape,
  roiAlign,
} from '../../ops/index.ts';
import { sliceAlong } from '../../ops/shape/slice-along.ts';
import { type Law, law, statement } from './law.ts';
import { totalSize } from './sizes.ts';
import { optionsOf, planesCase, shapeOf } from './windows.ts';

/** Roundings of weights and of sums of up to a plane’s elements. */
const rounds = 200;

export const specialCaseLaws: readonly Law[] = [
  law({
    name: 'special cases: learned pooling',
    about: 'Pooling with equal learned weights that sum to 1 is average pooling (operators.md 8).',
    ops: ['learnablePool2d', 'avgPool2d'],
    cases: planesCase(),
    state: (c) =>
      statement({ x: { shape: shapeOf(c) } }, ({ x }, g) => {
        const kernel = c.axes.map((axis) => axis.kernel);
        const shape = [1, 1, ...kernel];
        const equal = constant(
          g,
          { dtype: x.dtype, shape },
          new Array<number>(kernel[0]! * kernel[1]!).fill(0.5),
        ) as Tensor;
        const left = learnablePool2d(x, equal, { ...optionsOf(c.axes), constraint: 'softmax' }) as Tensor;
        const right = avgPool2d(x, { kernel, ...optionsOf(c.axes) }) as Tensor;
        return { left, right, wrt: ['x'], rounds, size: totalSize(x, left, 2) };
      }),
  }),
  law({
    name: 'special cases: fixed kernels',
    about: 'A fixed kernel is a depthwise convolution of every channel with it (operators.md 23).',
    ops: ['filter2d', 'depthwiseConv2d'],
    cases: planesCase({ padding: 0 }),
    state: (c) =>
      statement({ x: { shape: shapeOf(c) } }, ({ x }, g) => {
        const kernel = [
          [1, -2, 0.5],
          [0, 3, -0.25],
        ];
        const all = Array.from({ length: c.channels }, () => kernel.flat()).flat();
        const w = constant(g, { dtype: x.dtype, shape: [c.channels, 1, 2, 3] }, all) as Tensor;
        const right = depthwiseConv2d(x, w, {
          padding: [
            [0, 1],
            [1, 1],
          ],
        }) as Tensor;
        return { left: filter2d(x, kernel) as Tensor, right, wrt: ['x'] };
      }),
  }),
  law({
    name: 'special cases: downsampling',
    about:
      'Antialiased downsampling is a Gaussian blur of σ = s / 2 of which every s-th element is kept (operators.md 29).',
    ops: ['antialiasDownsample', 'gaussianBlur'],
    cases: (fc) =>
      fc.record({
        size: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
        // A factor of 1 leaves an axis as it is, without a blur.
        factor: fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 })),
      }),
    state: ({ size, factor }) =>
      statement({ x: { shape: [2, 1, ...size] } }, ({ x }) => {
        const blurred = gaussianBlur(x, { sigma: factor.map((s) => s / 2), padding: 'replicate' }) as Tensor;
        const every = (t: Tensor, axis: number): Tensor => sliceAlong(t, axis, 0, t.shape[axis]!, factor[axis - 2]!);
        const left = antialiasDownsample(x, { factor, padding: 'replicate' }) as Tensor;
        const right = every(every(blurred, 2), 3);
        return { left, right, wrt: ['x'], rounds, size: totalSize(x, left, 2) };
      }),
  }),
  law({
    name: 'special cases: fractional windows',
    about: 'Fractional windows as many as fit stand side by side, one apart, whatever is drawn (Graham 2015).',
    ops: ['fractionalMaxPool2d', 'maxPool2d'],
    cases: (fc) => fc.record({ kernel: fc.integer({ min: 1, max: 3 }), extra: fc.tuple(fc.nat(3), fc.nat(3)) }),
    state: ({ kernel, extra }) => {
      const shape = [2, 2, ...extra.map((n) => kernel + n)];
      const samples = { shape: [2, 2, 2], draw: { kind: 'range', low: 0, high: 1 } } as const;
      return statement({ x: { shape, draw: { kind: 'distinct', offset: -9 } }, samples }, ({ x, samples }) => ({
        left: fractionalMaxPool2d(x, { kernel, size: extra.map((n) => n + 1), samples }).values as Tensor,
        right: maxPool2d(x, { kernel, stride: 1 }) as Tensor,
        wrt: ['x'],
      }));
    },
  }),
  law({
    name: 'special cases: channels for bins',
    about:
      'Position-sensitive pooling gives bin (i, j) what pooling of channel (c·height + i)·width + j has there (Dai 2016).',
    ops: ['psRoiAlign', 'roiAlign', 'psRoiPool', 'adaptiveAvgPool2d'],
    cases: (fc) => {
      const length = fc.integer({ min: 1, max: 5 });
      const bins = fc.constantFrom(1, 2);
      return fc.record({
        size: fc.tuple(length, length),
        grid: fc.tuple(bins, bins),
        channels: fc.integer({ min: 1, max: 2 }),
      });
    },
    state: ({ size, grid, channels }) =>
      statement({ x: { shape: [2, channels * grid[0] * grid[1], ...size] } }, ({ x }, g) => {
        const whole = [0, 1].flatMap((image) => [image, 0, 0, size[1], size[0]]);
        const boxes = constant(g, { dtype: x.dtype, shape: [2, 5] }, whole) as Tensor;
        const own = (t: Tensor): Tensor =>
          einsum('ncijij->ncij', [reshape(t, [2, channels, ...grid, ...grid])]) as Tensor;
        const aligned = psRoiAlign(x, boxes, { outputSize: grid, samplingRatio: 2 }) as Tensor;
        // torchvision's rule, which psRoiPool follows, leaves out the last row and column: here they are one more.
        const wider = pad(
          x,
          [
            [0, 0],
            [0, 0],
            [0, 1],
            [0, 1],
          ],
          { mode: 'replicate' },
        ) as Tensor;
        const pooled = psRoiPool(wider, boxes, { outputSize: grid }) as Tensor;
        const all = roiAlign(x, boxes, { outputSize: grid, samplingRatio: 2, aligned: true }) as Tensor;
        const size4 = totalSize(x, aligned, 4);
        return [
          { of: 'samples', left: aligned, right: own(all), wrt: ['x'], rounds, size: size4 },
          {
            of: 'means',
            left: pooled,
            right: own(adaptiveAvgPool2d(x, grid) as Tensor),
            wrt: ['x'],
            rounds,
            size: size4,
          },
        ];
      }),
  }),
];
