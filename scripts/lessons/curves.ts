import { responseOf } from '../../src/analysis/index.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import { antialiasResponse, avgPool1d } from '../../src/ops/index.ts';
import { drawChart } from './chart.ts';

/** Values of a function at evenly spaced places. */
const along = (from: number, to: number, f: (x: number) => number, count = 200): [number, number][] =>
  Array.from({ length: count + 1 }, (_, i) => {
    const x = from + ((to - from) * i) / count;
    return [x, f(x)];
  });

function averageResponse(): Promise<string> {
  const size = 64;
  const lines = [2, 3, 5].map((kernel) => {
    const { magnitude: response } = responseOf((x) => avgPool1d(x as Tensor<[1, 1, number]>, { kernel, stride: 1 }), {
      type: f64(1, 1, size),
    });
    return {
      name: `window of ${kernel}`,
      points: Array.from({ length: size / 2 + 1 }, (_, k) => [k / size, response.data[k]!] as [number, number]),
    };
  });
  return drawChart({ title: 'Average pooling of stride 1', x: 'cycles per pixel', y: 'what is left', lines });
}

function aliasing(): Promise<string> {
  const fine = (x: number): number => Math.sin((2 * Math.PI * 7 * x) / 8);
  const coarse = (x: number): number => -Math.sin((2 * Math.PI * x) / 8);
  const samples = Array.from({ length: 9 }, (_, n) => [n, fine(n)] as [number, number]);
  return drawChart({
    title: 'Seven eighths of a cycle per pixel, or one eighth?',
    x: 'pixel',
    y: 'brightness',
    lines: [
      { name: '7/8 cycles per pixel', points: along(0, 8, fine, 400) },
      { name: '1/8 cycles per pixel', points: along(0, 8, coarse) },
      { name: 'samples of both', points: samples },
    ],
  });
}

const antialiasRules = (): Promise<string> =>
  drawChart({
    title: 'Gaussians before downsampling by 4',
    x: 'cycles per pixel; the limit is 1/8',
    y: 'what is left',
    lines: (['seed', 's/pi', 's/2', 'skimage', '-20dB'] as const).map((rule) => {
      const { response } = antialiasResponse(4, { rule });
      return { name: rule, points: along(0, 0.5, response) };
    }),
  });

function interpolationKernels(): Promise<string> {
  const cubic =
    (a: number) =>
    (x: number): number => {
      const t = Math.abs(x);
      if (t <= 1) return (a + 2) * t ** 3 - (a + 3) * t ** 2 + 1;
      return t <= 2 ? a * t ** 3 - 5 * a * t ** 2 + 8 * a * t - 4 * a : 0;
    };
  const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
  return drawChart({
    title: 'Kernels of interpolation',
    x: 'distance in pixels',
    y: 'weight',
    lines: [
      { name: 'nearest', points: along(-3, 3, (x) => (x >= -0.5 && x < 0.5 ? 1 : 0), 600) },
      { name: 'bilinear', points: along(-3, 3, (x) => Math.max(0, 1 - Math.abs(x))) },
      { name: 'cubic, a = −0.5', points: along(-3, 3, cubic(-0.5)) },
      { name: 'cubic, a = −0.75', points: along(-3, 3, cubic(-0.75)) },
      { name: 'Lanczos, a = 3', points: along(-3, 3, (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0)) },
    ],
  });
}

export const curves: { readonly [file: string]: () => Promise<string> } = {
  'average-response.svg': averageResponse,
  'aliasing.svg': aliasing,
  'antialias-rules.svg': antialiasRules,
  'interpolation-kernels.svg': interpolationKernels,
};
