import { f64 } from '../../src/graph/type.ts';
import { deconvolve, rgbToGray } from '../../src/ops/index.ts';
import type { Composite } from './composites.ts';

const line = { y: f64(1, 1, 5), w: f64(1, 1, 2) };
const positive = { kind: 'range', low: 0.5, high: 2 } as const;
const draw = { y: positive, w: positive };

/** Estimates from convolutions, by y and by the kernel; grey images. */
export const deconvolutionComposites: { readonly [name: string]: Composite } = {
  'deconvolve, least squares': {
    types: line,
    draw,
    order: 2,
    condition: 64,
    f: (t) => deconvolve(t.y!, t.w!, { iterations: 2, noise: 0.5 }),
  },
  'deconvolve, Richardson and Lucy': {
    types: line,
    draw,
    order: 2,
    condition: 64,
    f: (t) => deconvolve(t.y!, t.w!, { method: 'richardson-lucy', iterations: 2 }),
  },
  'deconvolve, Wiener': {
    types: line,
    draw,
    degree: { y: 1 },
    order: 3,
    condition: 64,
    f: (t) => deconvolve(t.y!, t.w!, { method: 'wiener', noise: 0.5 }),
  },
  rgbToGray: { types: { x: f64(2, 3, 2) }, degree: { x: 1 }, order: 3, f: (t) => rgbToGray(t.x!) },
};
