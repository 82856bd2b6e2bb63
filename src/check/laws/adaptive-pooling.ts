import type * as FastCheck from 'fast-check';
import type { Arrays } from '../../backends/backend.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Draw } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  adaptiveMaxPoolWithIndices,
  globalPool,
  reshape,
  spp,
} from '../../ops/index.ts';
import { type Law, law, statement } from './law.ts';
import { placesOf, readAt, tabulate } from './places.ts';
import { avgPool, maxPool } from './plain-pools.ts';

const distinct: Draw = { kind: 'distinct', offset: -4 };

/** Roundings of a window’s mean, however it is computed. */
const meanRounds = 40;

/** Where on an axis of `length` the i-th of n cells begins and ends. */
const cellOf = (i: number, n: number, length: number): readonly [number, number] => [
  Math.floor((i * length) / n),
  Math.ceil(((i + 1) * length) / n),
];

/** The elements of a cell of the plane that `lead` names. */
function cellElements(x: NdArray, lead: readonly number[], at: readonly number[], grid: readonly number[]): number[] {
  const cells = at.map((i, axis) => cellOf(i, grid[axis]!, x.shape[axis + 2]!));
  const sizes = cells.map(([start, end]) => end - start);
  return Array.from(placesOf(sizes), (place) => readAt(x, [...lead, ...place.map((p, k) => p + cells[k]![0])]));
}

const gridCase = (fc: typeof FastCheck) =>
  fc.record({
    channels: fc.integer({ min: 1, max: 2 }),
    size: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 2 }),
    grid: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 2 }),
  });

export const adaptivePoolingLaws: readonly Law[] = [
  law({
    name: 'pooling: adaptive',
    about: 'Adaptive pooling takes cells from ⌊i·L/n⌋ to ⌈(i + 1)·L/n⌉ (operators.md 15, 46).',
    ops: ['adaptiveAvgPool2d', 'adaptiveMaxPool2d', 'adaptiveMaxPoolWithIndices'],
    cases: gridCase,
    state: ({ channels, size, grid }) =>
      statement({ x: { shape: [2, channels, ...size] } }, ({ x }) => {
        const cells =
          (summary: (elements: readonly number[]) => number) =>
          ({ x }: Arrays): number[] =>
            tabulate([2, channels, ...grid], ([n, c, ...at]) => summary(cellElements(x!, [n!, c!], at, grid)));
        const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
        return [
          { of: 'avg', left: adaptiveAvgPool2d(x, grid) as Tensor, right: cells(mean), rounds: 4 * sizeOf(size) },
          { of: 'max', left: adaptiveMaxPool2d(x, grid) as Tensor, right: cells((v) => Math.max(...v)) },
          {
            of: 'max with indices',
            left: adaptiveMaxPoolWithIndices(x, grid).values as Tensor,
            right: cells((v) => Math.max(...v)),
          },
        ];
      }),
  }),
  law({
    name: 'pooling: adaptive windows that divide',
    about: 'Where the grid divides the plane, adaptive pooling is pooling with windows of L / n (operators.md 15).',
    ops: ['adaptiveAvgPool2d', 'adaptiveMaxPool2d', 'avgPool2d', 'maxPool2d'],
    cases: gridCase,
    state: ({ channels, size, grid }) => {
      const kernel = size.map((k) => Math.min(k, 4));
      const planes = [1, channels, ...grid.map((n, i) => n * kernel[i]!)];
      return statement({ x: { shape: planes, draw: distinct } }, ({ x }) => [
        {
          of: 'avg',
          left: adaptiveAvgPool2d(x, grid) as Tensor,
          right: avgPool(x, { kernel }),
          wrt: ['x'],
          rounds: meanRounds,
        },
        { of: 'max', left: adaptiveMaxPool2d(x, grid) as Tensor, right: maxPool(x, { kernel }), wrt: ['x'] },
      ]);
    },
  }),
  law({
    name: 'pooling: global',
    about: 'Global pooling is adaptive pooling to one cell is a pyramid of level 1 (operators.md 6, 18).',
    ops: ['globalPool', 'adaptiveAvgPool2d', 'spp'],
    cases: gridCase,
    state: ({ channels, size }) =>
      statement({ x: { shape: [2, channels, ...size], draw: distinct } }, ({ x }) => {
        const flat = (t: Tensor): Tensor => reshape(t, [2, channels]);
        const rounds = 4 * sizeOf(size);
        const average = flat(globalPool(x, { kind: 'avg' }));
        return [
          { of: 'avg', left: average, right: flat(adaptiveAvgPool2d(x, 1) as Tensor), wrt: ['x'], rounds },
          { of: 'avg pyramid', left: average, right: spp(x, [1], { kind: 'avg' }) as Tensor, wrt: ['x'], rounds },
          { of: 'max pyramid', left: flat(globalPool(x, { kind: 'max' })), right: spp(x, [1]) as Tensor, wrt: ['x'] },
        ];
      }),
  }),
  law({
    name: 'pooling: pyramid',
    about:
      'A pyramid holds the maxima of grids of n × n cells, level by level, channel by channel (operators.md 18, 48).',
    ops: ['spp'],
    cases: gridCase,
    state: ({ channels, size, grid }) =>
      statement({ x: { shape: [2, channels, ...size] } }, ({ x }) => ({
        left: spp(x, grid) as Tensor,
        right: ({ x }) =>
          [0, 1].flatMap((n) =>
            grid.flatMap((cells) =>
              tabulate([channels, cells, cells], ([c, ...at]) =>
                Math.max(...cellElements(x!, [n, c!], at, [cells, cells])),
              ),
            ),
          ),
      })),
  }),
];
