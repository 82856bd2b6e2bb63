import type { Tensor } from '../../../graph/tensor.ts';
import {
  type Coordinates,
  depthToSpace,
  type Pair,
  pad,
  type ResizeMode,
  type Rounding,
  resize2d,
} from '../../../ops/index.ts';
import { type Argument, input, text } from '../expression.ts';
import { f32, seeded } from '../foreign-operator.ts';
import { lastOf } from './layout.ts';
import type { TfjsOperator } from './tfjs-operator.ts';

interface Resizing {
  readonly size: readonly [number, number];
}

/** Where samples lie: tfjs's two flags, and cotangent’s names for what they mean. */
interface Grid {
  readonly name: string;
  readonly flags: readonly boolean[];
  readonly coordinates: Coordinates;
  readonly rounding: Rounding;
}

const grids = (nearest: boolean): readonly Grid[] => [
  { name: '', flags: [], coordinates: 'asymmetric', rounding: 'floor' },
  { name: 'alignCorners', flags: [true], coordinates: 'align_corners', rounding: 'round_prefer_ceil' },
  {
    name: 'halfPixelCenters',
    flags: [false, true],
    coordinates: nearest ? 'tf_half_pixel_for_nn' : 'half_pixel',
    rounding: 'floor',
  },
];

/** What is drawn: faults of oblong images and of several of them would hide those of where samples lie. */
type Images = 'square' | 'oblong' | 'batches';

function resizing(method: 'Bilinear' | 'NearestNeighbor', grid: Grid, images: Images): TfjsOperator<Resizing> {
  const call = `resize${method}`;
  const mode: ResizeMode = method === 'Bilinear' ? 'linear' : 'nearest';
  const plain = grid.name === '' && images === 'square';
  // Enlarging one element with aligned corners never returns: its gradient looks through a window of infinite length.
  const least = method === 'NearestNeighbor' && grid.name === 'alignCorners' ? 2 : 1;
  return {
    name: [call, grid.name, images === 'square' ? '' : images].filter((word) => word !== '').join(' '),
    ...(plain ? { twice: 'x' } : {}),
    cases: (fc) => {
      const from = fc.integer({ min: least, max: 5 });
      const to = fc.integer({ min: 1, max: 6 });
      return seeded(
        fc,
        fc
          .record({ from: fc.tuple(from, from), size: fc.tuple(to, to), channels: fc.integer({ min: 1, max: 2 }) })
          .map(({ from: [height, width], size, channels }) => ({
            inputs: {
              x: f32([images === 'batches' ? 2 : 1, height, images === 'square' ? height : width, channels], {
                degree: 1,
              }),
            },
            attributes: { size },
            covers: [height < size[0] ? 'enlarged' : 'shrunk'],
          })),
      );
    },
    call: ({ size }) => ({ call: `image.${call}`, args: [input('x'), size, ...grid.flags] }),
    reference: ({ x }, { size }) =>
      lastOf(x!, (t) => resize2d(t, { size, mode, coordinates: grid.coordinates, rounding: grid.rounding }) as Tensor),
  };
}

interface Mirroring {
  readonly amounts: readonly Pair[];
}

const mirrorPad = (mode: 'reflect' | 'symmetric'): TfjsOperator<Mirroring> => ({
  name: `mirrorPad ${mode}`,
  cases: (fc) => {
    const axis = fc
      .record({ size: fc.integer({ min: 1, max: 4 }), lo: fc.nat(3), hi: fc.nat(3) })
      .map(({ size, lo, hi }) => {
        const most = mode === 'reflect' ? size - 1 : size;
        return { size, pair: [Math.min(lo, most), Math.min(hi, most)] as const };
      });
    return seeded(
      fc,
      fc.array(axis, { minLength: 1, maxLength: 3 }).map((axes) => ({
        inputs: {
          x: f32(
            axes.map(({ size }) => size),
            { degree: 1 },
          ),
        },
        attributes: { amounts: axes.map(({ pair }) => pair) },
      })),
    );
  },
  call: ({ amounts }) => ({ call: 'mirrorPad', args: [input('x'), amounts, text(mode)] }),
  reference: ({ x }, { amounts }) => pad(x!, amounts, { mode }) as Tensor,
});

interface Blocks {
  readonly block: number;
}

const toSpace: TfjsOperator<Blocks> = {
  name: 'depthToSpace',
  cases: (fc) =>
    seeded(
      fc,
      fc
        .record({
          shape: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
          channels: fc.integer({ min: 1, max: 2 }),
          block: fc.integer({ min: 2, max: 3 }),
        })
        .map(({ shape, channels, block }) => ({
          inputs: { x: f32([1, ...shape, channels * block * block], { degree: 1 }) },
          attributes: { block },
        })),
    ),
  call: ({ block }) => ({ call: 'depthToSpace', args: [input('x'), block, text('NHWC')] }),
  reference: ({ x }, { block }) => lastOf(x!, (t) => depthToSpace(t, { block, order: 'dcr' })),
};

interface Cropping {
  readonly boxes: readonly (readonly number[])[];
  readonly size: readonly [number, number];
}

const cropAndResize: TfjsOperator<Cropping> = {
  name: 'cropAndResize',
  cases: (fc) =>
    seeded(
      fc,
      fc
        .record({
          length: fc.integer({ min: 1, max: 4 }),
          size: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
        })
        .map(({ length, size }) => ({
          inputs: { x: f32([1, length, length, 1], { degree: 1 }) },
          attributes: { boxes: [[0, 0, 1, 0.5]], size },
        })),
    ),
  call: ({ boxes, size }) => ({
    call: 'image.cropAndResize',
    args: [
      input('x'),
      { expression: { call: 'tensor2d', args: [boxes as Argument] } },
      { expression: { call: 'tensor1d', args: [boxes.map(() => 0), text('int32')] } },
      size,
    ],
  }),
};

/** Resizing, mirrored borders, and channels moved to space. */
export const images: readonly TfjsOperator[] = [
  ...grids(false).map((grid) => resizing('Bilinear', grid, 'square')),
  ...grids(true).map((grid) => resizing('NearestNeighbor', grid, 'square')),
  ...(['oblong', 'batches'] as const).flatMap((images) => [
    resizing('Bilinear', grids(false)[0]!, images),
    resizing('NearestNeighbor', grids(true)[0]!, images),
  ]),
  mirrorPad('reflect'),
  mirrorPad('symmetric'),
  toSpace,
  cropAndResize,
];
