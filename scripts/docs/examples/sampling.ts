import {
  affineGrid,
  antialiasDownsample,
  antialiasResponse,
  blurPool,
  deformConv2d,
  depthToSpace,
  f64,
  fft,
  fft2,
  gaussianBlur,
  gridSample,
  ifft,
  ifft2,
  irfft,
  irfft2,
  pixelShuffle,
  pixelUnshuffle,
  psRoiAlign,
  psRoiPool,
  resize2d,
  rfft,
  rfft2,
  roiAlign,
  roiPool,
  spaceToDepth,
  upsample,
} from '../../../src/index.ts';
import type { Examples } from './example.ts';

/** Other sizes, blurs, warps, regions and spectra. */
export const sampling: Examples = {
  resize2d: (g) => resize2d(g.input('x', f64(1, 1, 3, 3)), { scale: 2, mode: 'linear', coordinates: 'align_corners' }),
  upsample: (g) => upsample(g.input('x', f64(1, 1, 2, 3)), 2),
  gaussianBlur: (g) => gaussianBlur(g.input('x', f64(1, 1, 6, 6)), { sigma: 0.8, kernel: 5 }),
  blurPool: (g) => blurPool(g.input('x', f64(1, 2, 6, 6)), { stride: 2, kernel: 3 }),
  antialiasDownsample: (g) => antialiasDownsample(g.input('x', f64(1, 1, 8, 8)), { factor: 2, rule: 's/2' }),
  antialiasResponse: () => antialiasResponse(2, { rule: 'seed' }).atLimit.toFixed(3),
  depthToSpace: (g) => depthToSpace(g.input('x', f64(1, 8, 2, 3)), { block: 2, order: 'dcr' }),
  spaceToDepth: (g) => spaceToDepth(g.input('x', f64(1, 2, 4, 6)), { block: 2, order: 'crd' }),
  pixelShuffle: (g) => pixelShuffle(g.input('x', f64(1, 8, 2, 3)), 2),
  pixelUnshuffle: (g) => pixelUnshuffle(g.input('x', f64(1, 2, 4, 6)), 2),
  gridSample: (g) =>
    gridSample(g.input('x', f64(1, 1, 4, 4)), g.input('grid', f64(1, 2, 3, 2)), { paddingMode: 'border' }),
  affineGrid: (g) => affineGrid(g.input('theta', f64(1, 2, 3)), [1, 1, 2, 3]),
  deformConv2d: (g) =>
    deformConv2d(g.input('x', f64(1, 1, 4, 4)), g.input('offset', f64(1, 18, 4, 4)), g.input('w', f64(1, 1, 3, 3)), {
      mask: g.input('mask', f64(1, 9, 4, 4)),
      padding: 1,
    }),
  roiPool: (g) =>
    roiPool(g.input('x', f64(1, 2, 6, 6)), g.input('boxes', f64(2, 5)), { outputSize: 2, spatialScale: 0.5 }),
  roiAlign: (g) =>
    roiAlign(g.input('x', f64(1, 2, 6, 6)), g.input('boxes', f64(2, 5)), { outputSize: 2, samplingRatio: 2 }),
  psRoiPool: (g) => psRoiPool(g.input('x', f64(1, 8, 6, 6)), g.input('boxes', f64(2, 5)), { outputSize: 2 }),
  psRoiAlign: (g) =>
    psRoiAlign(g.input('x', f64(1, 8, 6, 6)), g.input('boxes', f64(2, 5)), { outputSize: 2, samplingRatio: 1 }),
  fft: (g) => fft({ real: g.input('re', f64(2, 6)), imag: g.input('im', f64(2, 6)) }, { norm: 'ortho' }),
  ifft: (g) => ifft({ real: g.input('re', f64(2, 6)), imag: g.input('im', f64(2, 6)) }),
  rfft: (g) => rfft(g.input('x', f64(2, 6))),
  irfft: (g) => irfft({ real: g.input('re', f64(2, 4)), imag: g.input('im', f64(2, 4)) }, { length: 6 }),
  fft2: (g) => fft2(g.input('x', f64(1, 4, 6)), { norm: 'forward' }),
  ifft2: (g) => ifft2({ real: g.input('re', f64(4, 6)), imag: g.input('im', f64(4, 6)) }),
  rfft2: (g) => rfft2(g.input('x', f64(4, 6))),
  irfft2: (g) => irfft2({ real: g.input('re', f64(4, 4)), imag: g.input('im', f64(4, 4)) }),
};
