import type { Tensor } from '../../../graph/tensor.ts';
import {
  type Coordinates,
  gridSample,
  maxUnpool2d,
  type ResizeMode,
  type Rounding,
  resize2d,
} from '../../../ops/index.ts';
import { type BridgeOperator, bridged, real } from './bridged.ts';

interface Resizing {
  readonly mode: ResizeMode;
  readonly coordinates: Coordinates;
  readonly rounding?: Rounding;
  readonly size?: readonly number[];
  readonly scale?: readonly number[];
}

type Grid = Pick<Resizing, 'mode' | 'coordinates' | 'rounding'>;

const floor: Grid = { mode: 'nearest', coordinates: 'asymmetric', rounding: 'floor' };

const resizing = (words: string, grid: Grid, by: 'size' | 'scale'): BridgeOperator =>
  bridged<Resizing>(
    'resize2d',
    `${words} by ${by}`,
    (fc) => {
      const length = fc.integer({ min: 1, max: 5 });
      // Factors that are not dyadic, so that rounding them shows.
      const scale = fc.constantFrom(0.6, 0.75, 1.3, 1.7, 2, 2.4);
      return fc
        .record({ size: fc.tuple(length, length), to: fc.tuple(length, length), scales: fc.tuple(scale, scale) })
        .map(({ size, to, scales }) => ({
          // Factors below 1 need an axis that leaves something.
          inputs: { x: real([1, by === 'scale' ? 2 : 1, ...size.map((d) => (by === 'scale' ? Math.max(d, 2) : d))]) },
          attributes: { ...grid, ...(by === 'size' ? { size: to } : { scale: scales }) },
        }));
    },
    ({ x }, attributes) => resize2d(x!, attributes) as Tensor,
  );

interface Sampling {
  readonly mode: 'nearest' | 'bilinear' | 'bicubic';
  readonly paddingMode: 'zeros' | 'border' | 'reflection';
  readonly alignCorners: boolean;
}

/** On planes of 5 × 3 elements with aligned corners, dyadic positions of the grid are dyadic in the plane. */
const gridSampling = (mode: 'bilinear' | 'bicubic', paddingMode: Sampling['paddingMode']): BridgeOperator =>
  bridged<Sampling>(
    'gridSample',
    `${mode} ${paddingMode}`,
    (fc) =>
      fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 })).map(([height, width]) => ({
        inputs: {
          x: real([1, 1, 5, 3]),
          grid: real([1, height, width, 2], mode === 'bilinear' ? 1 : 3, { kind: 'between', step: 0.5 }),
        },
        attributes: { mode, paddingMode, alignCorners: true },
      })),
    ({ x, grid }, attributes) => gridSample(x!, grid!, attributes) as Tensor,
  );

interface Unpooling {
  readonly kernel: readonly number[];
}

const unpooling = (duplicates: boolean): BridgeOperator =>
  bridged<Unpooling>(
    'maxUnpool2d',
    duplicates ? 'duplicates' : '',
    (fc) =>
      fc
        .record({
          size: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
          at: fc.nat(3),
        })
        .map(({ size: [height, width], at }) => {
          const positions = Array.from({ length: height * width }, (_, i) => (duplicates ? at : at + i));
          return {
            inputs: {
              x: real([1, 1, height, width]),
              indices: { type: { dtype: 'i32', shape: [1, 1, height, width] }, values: positions },
            },
            attributes: { kernel: [height === 1 ? 4 : 2, width === 1 ? 4 : 2] },
          };
        }),
    ({ x, indices }, attributes) =>
      maxUnpool2d(x!, indices as Tensor<readonly number[], 'i32'>, { ...attributes, onDuplicate: 'last' }) as Tensor,
  );

/** Sampling at other positions, and putting maxima back. */
export const sampling: readonly BridgeOperator[] = [
  ...(['size', 'scale'] as const).flatMap((by) => [
    resizing('nearest', floor, by),
    resizing('linear', { mode: 'linear', coordinates: 'half_pixel' }, by),
    resizing('cubic', { mode: 'cubic', coordinates: 'half_pixel' }, by),
  ]),
  resizing('linear corners', { mode: 'linear', coordinates: 'align_corners' }, 'size'),
  ...(['zeros', 'border', 'reflection'] as const).flatMap((outside) => [
    gridSampling('bilinear', outside),
    gridSampling('bicubic', outside),
  ]),
  unpooling(false),
  unpooling(true),
];
