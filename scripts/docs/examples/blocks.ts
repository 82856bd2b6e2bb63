import { f64 } from '../../../src/index.ts';
import {
  aspp,
  causalDilated,
  declareParameters,
  deformableBlock,
  denseDilated,
  depthwiseSeparable,
  dilatedCoverage,
  dilatedResidual,
  evenKernel,
  hybridDilated,
  learnedUpsampleLayer,
  mixedDilation,
  multiScaleContext,
  multiScaleConv,
  net,
  psp,
  resizeConvLayer,
  sppLayer,
  subPixelLayer,
} from '../../../src/nn/index.ts';
import type { Examples } from './example.ts';

/** Layers and blocks: a block is declared in a graph as a net is. */
export const blocks: Examples = {
  aspp: (g) => {
    const block = net('aspp', {}, aspp({ in: 2, out: 3, preset: 'seed', rates: [1, 2], dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 2, 6, 6)), declareParameters(g, block.parameterTypes));
  },
  causalDilated: (g) => {
    const block = net('causal', {}, causalDilated({ in: 1, out: 2, rates: [1, 2], dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 1, 8)), declareParameters(g, block.parameterTypes));
  },
  deformableBlock: (g) => {
    const block = net('deformable', {}, deformableBlock({ in: 1, out: 2, kernel: 3, padding: 1, dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 1, 4, 4)), declareParameters(g, block.parameterTypes));
  },
  denseDilated: (g) => {
    const block = net('dense', {}, denseDilated({ in: 1, growth: 2, rates: [1, 2], dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 1, 4, 4)), declareParameters(g, block.parameterTypes));
  },
  depthwiseSeparable: (g) => {
    const block = net('separable', {}, depthwiseSeparable({ in: 2, out: 3, kernel: 3, padding: 1, dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 2, 4, 4)), declareParameters(g, block.parameterTypes));
  },
  dilatedResidual: (g) => {
    const block = net('residual', {}, dilatedResidual({ in: 2, out: 2, dilation: 2, dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 2, 5, 5)), declareParameters(g, block.parameterTypes));
  },
  hybridDilated: (g) => {
    const block = net('hybrid', {}, hybridDilated({ in: 1, out: 2, rates: [1, 2], dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 1, 5, 5)), declareParameters(g, block.parameterTypes));
  },
  learnedUpsampleLayer: (g) => {
    const block = net('upsample', {}, learnedUpsampleLayer({ in: 2, out: 1, scale: 2, dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 2, 3, 3)), declareParameters(g, block.parameterTypes));
  },
  mixedDilation: (g) => {
    const block = net('mixed', {}, mixedDilation({ in: 2, out: 2, rates: [1, 2], dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 2, 5, 5)), declareParameters(g, block.parameterTypes));
  },
  multiScaleContext: (g) => {
    const block = net('context', {}, multiScaleContext({ in: 1, out: 2, rates: [1, 2], dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 1, 5, 5)), declareParameters(g, block.parameterTypes));
  },
  multiScaleConv: (g) => {
    const block = net('scales', {}, multiScaleConv({ in: 1, out: 2, alignTo: 'smallest', dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 1, 8, 8)), declareParameters(g, block.parameterTypes));
  },
  psp: (g) => {
    const block = net('psp', {}, psp({ in: 4, bins: [1, 2], dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 4, 5, 5)), declareParameters(g, block.parameterTypes));
  },
  resizeConvLayer: (g) => {
    const block = net('resize-conv', {}, resizeConvLayer({ in: 2, out: 1, scale: 2, dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 2, 3, 3)), declareParameters(g, block.parameterTypes));
  },
  sppLayer: (g) => sppLayer({ levels: [1, 2] }).bind({})(g.input('x', f64(1, 2, 5, 7))),
  subPixelLayer: (g) => {
    const block = net('sub-pixel', {}, subPixelLayer({ in: 2, out: 1, scale: 2, dtype: 'f64' }));
    return block.apply(g.input('x', f64(1, 2, 3, 3)), declareParameters(g, block.parameterTypes));
  },
  dilatedCoverage: () => dilatedCoverage(3, [1, 2, 3]),
  evenKernel: () => evenKernel(2),
};
