import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, type Type } from '../../src/graph/type.ts';
import {
  antialiasDownsample,
  blurPool,
  depthToSpace,
  gaussianBlur,
  pixelShuffle,
  pixelUnshuffle,
  type ResizeMode,
  resize,
  resize1d,
  resize2d,
  resize3d,
  spaceToDepth,
} from '../../src/ops/index.ts';
import type { Composite } from './composites.ts';

/** Linear maps with dyadic weights: equality is asked. */
const exact = (x: Type, f: (x: Tensor) => Tensor): Composite => ({ ...bounded(x, f), dyadic: true });
/** Linear maps with other weights: within the rounding bound. */
const bounded = (x: Type, f: (x: Tensor) => Tensor): Composite => ({
  types: { x },
  degree: { x: 1 },
  order: 3,
  f: (t) => f(t.x!),
});

const modes: readonly (readonly [string, ResizeMode])[] = [
  ['cubic −0.75', 'cubic'],
  ['cubic −0.5', { cubic: -0.5 }],
  ['lanczos 3', 'lanczos'],
  ['area', 'area'],
];

/** Other sizes, blurs, and elements moved between channels and places. */
export const resamplingComposites: { readonly [name: string]: Composite } = {
  ...Object.fromEntries(
    modes.map(([name, mode]) => [
      `resize2d, ${name}`,
      bounded(f64(1, 2, 5, 3), (x) => resize2d(x, { size: [3, 7], mode })),
    ]),
  ),
  'resize1d, cubic ×2': exact(f64(2, 1, 5), (x) => resize1d(x, { scale: 2, mode: { cubic: -0.5 } })),
  'resize1d, linear, antialias, nothing from outside': bounded(f64(1, 2, 7), (x) =>
    resize1d(x, { size: 3, mode: 'linear', antialias: true, excludeOutside: true }),
  ),
  'resize2d, cubic, antialias, corners as in PyTorch': bounded(f64(1, 1, 6, 5), (x) =>
    resize2d(x, {
      size: [3, 2],
      mode: { cubic: -0.5 },
      antialias: true,
      excludeOutside: true,
      coordinates: 'pytorch_antialias_corners',
    }),
  ),
  'resize2d, cropped beyond the border': exact(f64(1, 1, 5, 3), (x) =>
    resize2d(x, {
      size: [4, 3],
      mode: 'linear',
      coordinates: 'tf_crop_and_resize',
      regions: [
        [-0.25, 0.5],
        [0.25, 1.25],
      ],
      extrapolation: 3,
    }),
  ),
  'resize3d, nearest, symmetric half pixels': exact(f64(1, 1, 2, 3, 2), (x) =>
    resize3d(x, { scale: [1.5, 0.5, 2], mode: 'nearest', coordinates: 'half_pixel_symmetric', rounding: 'ceil' }),
  ),
  'resize, batch and height, aspect kept': exact(f64(2, 1, 4, 2), (x) =>
    resize(x, { axes: [2, 0], size: [8, 5], mode: 'linear', keepAspect: 'not_larger', coordinates: 'asymmetric' }),
  ),
  'depthToSpace, crd': exact(f64(1, 12, 2, 1), (x) => depthToSpace(x, { block: [2, 3] })),
  'depthToSpace, dcr': exact(f64(1, 8, 2, 1), (x) => depthToSpace(x, { block: 2, order: 'dcr' })),
  'spaceToDepth, crd-transposed': exact(f64(1, 2, 4, 2), (x) => spaceToDepth(x, { block: 2, order: 'crd-transposed' })),
  'depthToSpace, three axes': exact(f64(1, 8, 1, 2, 1), (x) => depthToSpace(x, { block: 2 })),
  pixelShuffle: exact(f64(2, 1, 4, 2, 1), (x) => pixelShuffle(x, 2)),
  pixelUnshuffle: exact(f64(2, 4, 2), (x) => pixelUnshuffle(x, 2)),
  blurPool: exact(f64(1, 2, 5, 4), (x) => blurPool(x)),
  'blurPool, even taps, circular': exact(f64(1, 1, 5), (x) =>
    blurPool(x, { kernel: 4, stride: 3, padding: 'circular' }),
  ),
  gaussianBlur: bounded(f64(1, 2, 4, 3), (x) => gaussianBlur(x, { sigma: [0.5, 1.5] })),
  antialiasDownsample: bounded(f64(1, 1, 7, 5), (x) =>
    antialiasDownsample(x, { factor: [2, 3], rule: '-20dB', padding: 'symmetric' }),
  ),
};
