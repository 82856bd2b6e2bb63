/** What one number of the checklist asks for, in short, and the tests that hold it. */
export interface Item {
  readonly what: string;
  readonly tests: readonly string[];
}

const ops = (...names: readonly string[]): string[] => names.map((name) => `test/ops/${name}.test.ts`);
const nn = (...names: readonly string[]): string[] => names.map((name) => `test/nn/${name}.test.ts`);

/**
 * The operators, size rules and blocks of the checklist by number. Which exports deliver one is said by their TSDoc, as
 * `operators.md 43`, so it stands nowhere else.
 */
export const checklist: { readonly [number: number]: Item } = {
  1: { what: 'max pooling', tests: ops('pooling', 'window-max') },
  2: { what: 'gradient of max pooling, ties', tests: [...ops('pooling'), 'test/conformance/kinks.test.ts'] },
  3: { what: 'how consistent pooling is under shifts', tests: ['test/analysis/aliasing.test.ts'] },
  4: { what: 'average pooling and its divisor', tests: ops('pooling', 'window-linear') },
  5: { what: 'average pooling as a low-pass filter', tests: ['test/analysis/aliasing.test.ts'] },
  6: { what: 'global pooling', tests: ops('pooling-kinds') },
  7: { what: 'heads that pool in place of fully-connected ones', tests: ['test/analysis/cost.test.ts'] },
  8: { what: 'learnable pooling', tests: ops('pooling-kinds') },
  9: { what: 'strided convolution', tests: ops('window-conv', 'convolution') },
  10: { what: 'what strides keep', tests: ['test/analysis/trade-offs.test.ts'] },
  11: { what: 'multi-scale strided convolution', tests: nn('blocks') },
  12: { what: 'channels, grey images', tests: ops('rgb-to-gray') },
  13: { what: 'zero padding', tests: ops('window-conv', 'convolution') },
  14: { what: 'valid, same and full padding', tests: ops('convolution') },
  15: { what: 'adaptive pooling', tests: ops('pooling') },
  16: { what: 'RoI pooling', tests: [...ops('warp/regions'), ...nn('nets/classifiers')] },
  17: {
    what: 'RoI align, with gradients to boxes',
    tests: [...ops('warp/regions', 'warp/gradients'), ...nn('nets/classifiers')],
  },
  18: { what: 'spatial pyramid pooling', tests: [...ops('pooling-kinds'), ...nn('nets/classifiers')] },
  19: { what: 'pyramid scene parsing', tests: nn('blocks', 'nets/dilated') },
  20: { what: 'depthwise separable convolution', tests: ops('convolution') },
  21: { what: 'convolution beside correlation', tests: ops('convolution') },
  22: { what: 'full convolution in one and two dimensions', tests: ops('convolution') },
  23: { what: 'classic kernels', tests: ops('convolution') },
  24: { what: 'deconvolution', tests: ops('deconvolution') },
  25: { what: 'convolution by Fourier transforms', tests: ops('fft-conv') },
  26: { what: 'discrete Fourier transforms', tests: ops('spectral') },
  27: { what: 'the Nyquist rate', tests: ['test/analysis/aliasing.test.ts'] },
  28: { what: 'how spectra fold', tests: ['test/analysis/aliasing.test.ts'] },
  29: { what: 'anti-aliasing', tests: [...ops('resampling/blur'), 'test/analysis/aliasing.test.ts'] },
  30: { what: 'nearest neighbours', tests: ops('resampling/resize') },
  31: { what: 'bilinear interpolation', tests: ops('resampling/resize') },
  32: { what: 'bicubic interpolation', tests: ops('resampling/resize') },
  33: { what: 'Lanczos interpolation', tests: ops('resampling/resize') },
  34: { what: 'transposed convolution by zeros', tests: ops('transposed') },
  35: { what: 'transposed convolution by the matrix', tests: ops('transposed') },
  36: { what: 'transposed convolution by stamps', tests: ops('transposed') },
  37: { what: 'overlaps averaged', tests: ops('transposed') },
  38: { what: 'sizes of transposed convolution, solved', tests: ops('sizes') },
  39: { what: 'checkerboards and their cures', tests: [...nn('upscale'), 'test/analysis/checkerboard.test.ts'] },
  40: { what: 'pixel shuffle', tests: ops('resampling/shuffle') },
  41: { what: 'depth to space and back', tests: ops('resampling/shuffle') },
  42: { what: 'sub-pixel convolution', tests: nn('upscale') },
  43: { what: 'max unpooling', tests: ops('unpooling') },
  44: { what: 'average unpooling', tests: ops('unpooling') },
  45: { what: 'learned upsampling', tests: nn('upscale') },
  48: { what: 'dilated convolution', tests: ops('window-conv', 'convolution') },
  49: { what: 'the effective kernel', tests: [...ops('sizes'), 'test/analysis/known-fields.test.ts'] },
  50: { what: 'dilated output size', tests: ops('sizes') },
  51: { what: 'rates that double', tests: ['test/analysis/known-fields.test.ts'] },
  52: {
    what: 'receptive fields of any graph',
    tests: ['known-fields', 'chosen-fields', 'receptive-field'].map((name) => `test/analysis/${name}.test.ts`),
  },
  53: { what: 'the effective receptive field', tests: ['test/analysis/effective-field.test.ts'] },
  54: { what: 'what a larger field takes', tests: ['test/analysis/trade-offs.test.ts'] },
  55: { what: 'multi-scale context', tests: nn('blocks', 'nets/dilated') },
  56: { what: 'atrous spatial pyramid pooling', tests: nn('blocks', 'nets/dilated') },
  57: { what: 'dilated residuals', tests: nn('blocks', 'nets/dilated') },
  58: {
    what: 'gridding and its cures',
    tests: [...nn('blocks', 'nets/dilated'), 'test/analysis/gridding-advice.test.ts'],
  },
  59: { what: 'causal dilated convolution along time', tests: nn('blocks') },
  60: { what: 'the general size formula', tests: ops('sizes') },
  61: { what: 'same padding, solved', tests: ops('sizes') },
  62: { what: 'memory of features', tests: ['test/analysis/memory.test.ts'] },
  63: { what: 'memory of weights', tests: ['test/analysis/cost.test.ts'] },
  64: { what: 'memory of a run, in training too', tests: ['test/analysis/memory.test.ts'] },
  65: { what: 'operations', tests: ['test/analysis/cost.test.ts'] },
  66: { what: 'multiply-adds', tests: ['test/analysis/cost.test.ts', 'test/analysis/counted-products.test.ts'] },
  68: { what: 'deformable convolution', tests: ops('warp/deform-conv', 'warp/gradients') },
  69: { what: 'the convolution of offsets', tests: nn('blocks', 'nets/dilated') },
  70: { what: 'bilinear sampling', tests: ops('warp/sample') },
  79: { what: 'losses of content and style', tests: ops('style-losses') },
};
