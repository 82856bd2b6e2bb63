import type * as FastCheck from 'fast-check';
import { vjp } from '../../autodiff/vjp.ts';
import type { Arrays } from '../../backends/backend.ts';
import type { Draw } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { avgUnpool2d, type FoldOptions, fold, maxPoolWithIndices, maxUnpool2d, unfold } from '../../ops/index.ts';
import { type Law, law, statement } from './law.ts';
import { placesOf, readAt } from './places.ts';
import { avgPool, maxPool } from './plain-pools.ts';
import { countOf, optionsOf, type Planes, planesCase, shapeOf } from './windows.ts';

const distinct: Draw = { kind: 'distinct', offset: -4 };
const positive: Draw = { kind: 'integers', low: 1, high: 9 };

const pooledShape = ({ batch, channels, axes }: Planes): number[] => [batch, channels, ...axes.map(countOf)];
const kernelsOf = ({ axes }: Planes): number[] => axes.map(({ kernel }) => kernel);
const sizesOf = ({ axes }: Planes): number[] => axes.map(({ length }) => length);

/** Windows side by side. */
const tiles = (fc: typeof FastCheck): FastCheck.Arbitrary<{ channels: number; grid: number[]; kernel: number[] }> => {
  const pair = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 2 });
  return fc.record({ channels: fc.integer({ min: 1, max: 2 }), grid: pair, kernel: pair });
};

export const unpoolingLaws: readonly Law[] = [
  law({
    name: 'unpooling: maxima come back',
    about:
      'Pooling what max unpooling put into empty planes gives it back, where it is positive (operators.md 27, 43).',
    ops: ['maxUnpool2d', 'maxPoolWithIndices', 'maxPool2d'],
    cases: tiles,
    state: ({ channels, grid, kernel }) => {
      const plane = grid.map((n, i) => n * kernel[i]!);
      return statement(
        { x: { shape: [2, channels, ...plane], draw: distinct }, y: { shape: [2, channels, ...grid], draw: positive } },
        ({ x, y }) => {
          const { indices } = maxPoolWithIndices(x, { kernel });
          const unpooled = maxUnpool2d(y, indices, { kernel }) as Tensor;
          return { left: maxPool(unpooled, { kernel }), right: y, wrt: ['y'] };
        },
      );
    },
  }),
  law({
    name: 'unpooling: means come back',
    about: 'The means of windows that copies fill are what was copied (operators.md 29, 44).',
    ops: ['avgUnpool2d', 'avgPool2d'],
    cases: tiles,
    state: ({ channels, grid, kernel }) =>
      statement({ y: { shape: [2, channels, ...grid] } }, ({ y }) => ({
        left: avgPool(avgUnpool2d(y, { kernel }) as Tensor, { kernel }),
        right: y,
        wrt: ['y'],
        rounds: 24,
      })),
  }),
  law({
    name: 'unpooling: adjoint of maxima',
    about: 'Max unpooling with sums is the gradient of the max pooling that found the indices (operators.md 2, 43).',
    ops: ['maxUnpool2d', 'maxPool2d'],
    cases: planesCase(),
    state: (c) =>
      statement({ x: { shape: shapeOf(c), draw: distinct }, y: { shape: pooledShape(c) } }, ({ x, y }) => {
        const { dilation, ...where } = optionsOf(c.axes);
        const options = { kernel: kernelsOf(c), ...where };
        const { indices } = maxPoolWithIndices(x, { ...options, dilation });
        const [gradient] = vjp([maxPool(x, { ...options, dilation })], [x], [y]);
        return {
          left: maxUnpool2d(y, indices, { ...options, outputSize: sizesOf(c), onDuplicate: 'sum' }) as Tensor,
          right: gradient!,
          wrt: ['y'],
        };
      }),
  }),
  law({
    name: 'unpooling: adjoint of means',
    about: 'Average unpooling by the adjoint is the gradient of average pooling (operators.md 29, 44).',
    ops: ['avgUnpool2d', 'avgPool2d'],
    cases: (fc) => fc.tuple(planesCase()(fc), fc.boolean()).map(([c, countIncludePad]) => ({ ...c, countIncludePad })),
    state: ({ countIncludePad, ...c }) =>
      statement({ x: { shape: shapeOf(c) }, y: { shape: pooledShape(c) } }, ({ x, y }) => {
        const options = { kernel: kernelsOf(c), ...optionsOf(c.axes), countIncludePad };
        const [gradient] = vjp([avgPool(x, options)], [x], [y]);
        return {
          left: avgUnpool2d(y, { ...options, mode: 'adjoint', outputSize: sizesOf(c) }) as Tensor,
          right: gradient!,
          wrt: ['y'],
          rounds: 40,
        };
      }),
  }),
  law({
    name: 'unpooling: duplicates',
    about: 'Of values at one position the last, the greatest or the sum of all stays (operators.md 43).',
    ops: ['maxUnpool2d'],
    cases: (fc) =>
      fc.record({
        channels: fc.integer({ min: 1, max: 2 }),
        grid: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
        size: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
        rule: fc.constantFrom('last', 'max', 'sum'),
      }),
    state: ({ channels, grid, size, rule }) => {
      const shape = [2, channels, ...grid];
      const indices = { shape, dtype: 'i32', draw: { kind: 'integers', low: -1, high: sizeOf(size) - 1 } } as const;
      return statement({ y: { shape, draw: distinct }, indices }, ({ y, indices }) => ({
        left: maxUnpool2d(y, indices as Tensor<readonly number[], 'i32'>, {
          kernel: 1,
          outputSize: size,
          onDuplicate: rule,
        }) as Tensor,
        right: (values: Arrays) => {
          const planes: (number | undefined)[] = new Array(2 * channels * sizeOf(size)).fill(undefined);
          for (const place of placesOf(shape)) {
            const [value, at] = [readAt(values.y!, place), readAt(values.indices!, place)];
            if (at < 0) continue;
            const to = (place[0]! * channels + place[1]!) * sizeOf(size) + at;
            const there = planes[to];
            planes[to] =
              there === undefined || rule === 'last' ? value : rule === 'sum' ? there + value : Math.max(there, value);
          }
          return planes.map((value) => value ?? 0);
        },
      }));
    },
  }),
  law({
    name: 'unpooling: columns',
    about: 'Stamping columns is the gradient of cutting them; means of what was cut are the image (im2col, col2im).',
    ops: ['fold', 'unfold'],
    cases: planesCase(),
    state: (c) => {
      const columns = { shape: [c.batch, c.channels * sizeOf(kernelsOf(c)), sizeOf(c.axes.map(countOf))] };
      return statement({ x: { shape: shapeOf(c) }, columns }, ({ x, columns }) => {
        const options = { kernel: kernelsOf(c), ...optionsOf(c.axes) };
        const stamp: (columns: Tensor, options: FoldOptions) => Tensor = fold;
        const [gradient] = vjp([unfold(x, options) as Tensor], [x], [columns]);
        const dense = { ...options, stride: 1, dilation: 1 };
        return [
          { of: 'sums', left: stamp(columns, { ...options, size: sizesOf(c) }), right: gradient!, wrt: ['columns'] },
          {
            of: 'means',
            left: stamp(unfold(x, dense) as Tensor, { ...dense, size: sizesOf(c), overlap: 'mean' }),
            right: x,
            wrt: ['x'],
            rounds: 24,
          },
        ];
      });
    },
  }),
];
