import type * as FastCheck from 'fast-check';
import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import {
  avgPool2d,
  avgPool3d,
  conv2d,
  convTranspose2d,
  maxPool2d,
  maxPool3d,
  type PadMode,
  pad,
} from '../../../ops/index.ts';
import { type BridgeOperator, bridged, real } from './bridged.ts';

interface Window {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
}

/** Windows that fit, with paddings of at most half a window. */
const axes = (
  fc: typeof FastCheck,
  rank: number,
  { dilated = false, half = true } = {},
): FastCheck.Arbitrary<Window[]> =>
  fc.array(
    fc
      .record({
        extra: fc.nat(rank === 3 ? 2 : 3),
        kernel: fc.integer({ min: 1, max: 3 }),
        stride: fc.integer({ min: 1, max: 3 }),
        padding: fc.nat(2),
        dilation: fc.integer({ min: 1, max: dilated ? 2 : 1 }),
      })
      .map(({ extra, kernel, stride, padding, dilation }) => ({
        size: (kernel - 1) * dilation + 1 + extra,
        kernel,
        stride,
        padding: half ? Math.min(padding, kernel >> 1) : padding,
        dilation,
      })),
    { minLength: rank, maxLength: rank },
  );

const each = <K extends keyof Window>(list: readonly Window[], key: K): number[] => list.map((axis) => axis[key]);

const channels = (
  fc: typeof FastCheck,
): FastCheck.Arbitrary<{ batch: number; from: number; to: number; groups: number }> =>
  fc.record({
    batch: fc.integer({ min: 1, max: 2 }),
    from: fc.integer({ min: 1, max: 2 }),
    to: fc.integer({ min: 1, max: 2 }),
    groups: fc.integer({ min: 1, max: 2 }),
  });

interface ConvAttributes {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

const convolution: BridgeOperator = bridged<ConvAttributes>(
  'conv2d',
  '',
  (fc) =>
    fc.tuple(axes(fc, 2, { dilated: true, half: false }), channels(fc)).map(([list, { batch, from, to, groups }]) => ({
      inputs: {
        x: real([batch, from * groups, ...each(list, 'size')]),
        w: real([to * groups, from, ...each(list, 'kernel')]),
      },
      attributes: {
        stride: each(list, 'stride'),
        padding: each(list, 'padding'),
        dilation: each(list, 'dilation'),
        groups,
      },
    })),
  ({ x, w }, attributes) => conv2d(x!, w!, attributes) as Tensor,
);

const transposed: BridgeOperator = bridged<ConvAttributes & { readonly outputPadding: readonly number[] }>(
  'convTranspose2d',
  '',
  (fc) =>
    fc
      .tuple(axes(fc, 2, { dilated: true, half: true }), channels(fc), fc.tuple(fc.nat(2), fc.nat(2)))
      .map(([list, { batch, from, to, groups }, over]) => ({
        inputs: {
          x: real([batch, from * groups, ...each(list, 'size')]),
          w: real([from * groups, to, ...each(list, 'kernel')]),
        },
        attributes: {
          stride: each(list, 'stride'),
          padding: each(list, 'padding'),
          outputPadding: list.map(({ stride, dilation }, i) => over[i]! % Math.max(stride, dilation)),
          dilation: each(list, 'dilation'),
          groups,
        },
      })),
  ({ x, w }, attributes) => convTranspose2d(x!, w!, attributes) as Tensor,
);

interface PoolAttributes {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly ceil: boolean;
}

const averages = { 2: avgPool2d, 3: avgPool3d } as const;
const maxima = { 2: maxPool2d, 3: maxPool3d } as const;

const average = (rank: 2 | 3, ceil: boolean, countIncludePad: boolean): BridgeOperator =>
  bridged<PoolAttributes & { readonly countIncludePad: boolean }>(
    `avgPool${rank}d`,
    [ceil ? 'ceil' : '', countIncludePad ? 'padding counts' : ''].filter((word) => word !== '').join(' '),
    (fc) =>
      fc.tuple(axes(fc, rank), channels(fc)).map(([list, { batch, from }]) => ({
        inputs: { x: real([batch, from, ...each(list, 'size')]) },
        attributes: {
          kernel: each(list, 'kernel'),
          stride: each(list, 'stride'),
          padding: each(list, 'padding'),
          ceil,
          countIncludePad,
        },
      })),
    ({ x }, attributes) => {
      const apply: (x: Tensor, options: PoolAttributes) => Tensor = averages[rank];
      return apply(x!, attributes);
    },
  );

const maximum = (rank: 2 | 3, words: 'ceil' | 'ties' | ''): BridgeOperator =>
  bridged<PoolAttributes & { readonly dilation: readonly number[] }>(
    `maxPool${rank}d`,
    words,
    (fc) =>
      fc.tuple(axes(fc, rank, { dilated: true }), channels(fc)).map(([list, { batch, from }]) => {
        const shape = [batch, from, ...each(list, 'size')];
        return {
          inputs: {
            x: real(
              shape,
              1,
              words === 'ties'
                ? { kind: 'integers', low: -1, high: 1 }
                : { kind: 'distinct', offset: -(sizeOf(shape) >> 1) },
            ),
          },
          attributes: {
            kernel: each(list, 'kernel'),
            stride: each(list, 'stride'),
            padding: each(list, 'padding'),
            dilation: each(list, 'dilation'),
            ceil: words === 'ceil',
          },
          kink: words === 'ties',
        };
      }),
    ({ x }, attributes) => {
      const apply: (x: Tensor, options: PoolAttributes) => Tensor = maxima[rank];
      return apply(x!, attributes);
    },
  );

const border = (mode: PadMode): BridgeOperator =>
  bridged<{ readonly mode: PadMode; readonly amounts: readonly (readonly [number, number])[] }>(
    'pad',
    mode,
    (fc) => {
      const axis = fc
        .record({ size: fc.integer({ min: 1, max: 4 }), lo: fc.nat(3), hi: fc.nat(3) })
        .map(({ size, lo, hi }) => {
          const most = mode === 'reflect' ? size - 1 : mode === 'circular' ? size : 3;
          return { size, pair: [Math.min(lo, most), Math.min(hi, most)] as const };
        });
      return fc.array(axis, { minLength: 2, maxLength: 2 }).map((list) => ({
        inputs: { x: real([1, 1, ...list.map(({ size }) => size)]) },
        attributes: { mode, amounts: [[0, 0], [0, 0], ...list.map(({ pair }) => pair)] },
      }));
    },
    ({ x }, { amounts, mode }) => pad(x!, amounts, { mode }) as Tensor,
  );

/** Convolutions, poolings and borders. */
export const windows: readonly BridgeOperator[] = [
  convolution,
  transposed,
  ...([2, 3] as const).flatMap((rank) => [
    ...[true, false].flatMap((ceil) => [true, false].map((counts) => average(rank, ceil, counts))),
    ...(['', 'ceil', 'ties'] as const).map((words) => maximum(rank, words)),
  ]),
  ...(['reflect', 'replicate', 'circular'] as const).map(border),
];
