import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { avgPool2d, avgPool3d, maxPool2d, maxPool3d, type PoolOptions } from '../../../ops/index.ts';
import { input } from '../expression.ts';
import type { ExternalInput } from '../external.ts';
import { f32, seeded } from '../foreign-operator.ts';
import { lastOf } from './layout.ts';
import type { TfjsOperator } from './tfjs-operator.ts';
import {
  kernels,
  type Padding,
  padArgument,
  padWords,
  pairsOf,
  roundingArgument,
  sizes,
  strides,
  type Windows,
  windowsFor,
} from './windows.ts';

const means = {
  2: (x: Tensor, options: PoolOptions) => avgPool2d(x, { ...options, countIncludePad: false }),
  3: (x: Tensor, options: PoolOptions) => avgPool3d(x, { ...options, countIncludePad: false }),
} as const;
const maxima = { 2: maxPool2d, 3: maxPool3d } as const;

type Rank = 2 | 3;
type Kind = 'avg' | 'max';

/** What stands under the windows: any numbers, all negative ones, or ties. */
type Values = 'any' | 'negative' | 'ties';

function pooling(kind: Kind, rank: Rank, padding: Padding, values: Values = 'any'): TfjsOperator<Windows> {
  const call = `${kind}Pool${rank === 3 ? '3d' : ''}`;
  const words = [
    ...(padding === 'none' ? [] : [padding]),
    ...(values === 'any' ? [] : values === 'ties' ? ['ties'] : ['all negative']),
  ];
  const apply: (x: Tensor, options: PoolOptions) => Tensor = kind === 'avg' ? means[rank] : maxima[rank];
  return {
    name: [call, ...words].join(' '),
    ...(padding === 'none' && values === 'any' ? { twice: 'x' } : {}),
    cases: (fc) =>
      seeded(
        fc,
        fc
          .record({
            windows: windowsFor(fc, rank, padding),
            batch: fc.integer({ min: 1, max: 2 }),
            channels: fc.integer({ min: 1, max: 2 }),
          })
          .map(({ windows, batch, channels }) => {
            const shape = [batch, ...sizes(windows), channels];
            return {
              inputs: { x: f32(shape, drawOf(kind, values, sizeOf(shape))) },
              attributes: windows,
              kink: values === 'ties',
              covers: padWords(windows),
            };
          }),
      ),
    call: (windows) => ({
      call,
      args: [input('x'), kernels(windows), strides(windows), padArgument(windows.pad), roundingArgument(windows)],
    }),
    reference: ({ x }, windows) =>
      lastOf(x!, (t) => apply(t, { kernel: kernels(windows), stride: strides(windows), padding: pairsOf(windows) })),
  };
}

function drawOf(kind: Kind, values: Values, length: number): Omit<ExternalInput, 'type'> {
  if (kind === 'avg') return { degree: 1 };
  if (values === 'ties') return { degree: 1, draw: { kind: 'integers', low: -1, high: 1 } };
  const offset = values === 'negative' ? -length : -(length >> 1);
  return { degree: 1, draw: { kind: 'distinct', offset } };
}

/** Average and max pooling over two and three axes. */
export const poolings: readonly TfjsOperator<Windows>[] = ([2, 3] as const).flatMap((rank) => [
  ...(['none', 'padded', 'ceil', 'oblong', 'sparse'] as const).flatMap((padding) => [
    pooling('avg', rank, padding),
    pooling('max', rank, padding),
  ]),
  pooling('max', rank, 'none', 'negative'),
  pooling('max', rank, 'none', 'ties'),
]);
