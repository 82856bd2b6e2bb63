import { calibrateConvCost } from '../../analysis/index.ts';
import { compile, wasmWith } from '../../backends/index.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { array } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f32, type Type } from '../../graph/type.ts';
import { directNanoseconds, planFft } from '../../ops/composite/spectral/conv-cost.ts';
import { type ConvCost, fftConv2d } from '../../ops/index.ts';
import { linePlot, plots } from '../../report/index.ts';
import type { Finding, Part } from '../part.ts';

const kernels = [1, 3, 5, 7, 9, 13, 17, 25, 33, 49];
const channels = 4;
const side = 48;
const rounds = 3;

/** Milliseconds for one size of kernel. */
interface Point {
  readonly kernel: number;
  readonly predicted: { readonly direct: number; readonly fft: number };
  readonly measured: { readonly direct: number; readonly fft: number };
}

/** From which size of kernel on transforms are faster than sliding: by the calibrated model, and measured (operators.md 25, 67). */
export const crossoverPart: Part = {
  name: 'crossover',
  summary: 'from which kernel size on FFT convolution is faster here: calibrated, and measured',
  onRequest: true,
  look: async (): Promise<Finding> => {
    const backend = wasmWith({ threads: 1 });
    const cost = calibrateConvCost({ backend, milliseconds: 60 });
    const points = kernels.map((kernel) => pointAt(kernel, cost));
    const line = (way: 'direct' | 'fft', of: 'predicted' | 'measured') => ({
      name: `${way === 'fft' ? 'FFT' : 'sliding'}, ${of}`,
      points: points.map((point) => [point.kernel, point[of][way]] as const),
    });
    const { multiplyAdd, butterfly, product, move } = cost;
    return {
      title: 'Sliding or FFT',
      note: `Convolutions of ${channels} to ${channels} channels that make ${side}×${side}, on one thread of this machine. Sliding grows with k², transforms hardly at all. ${crossing(points)}`,
      tables: [
        {
          title: 'Milliseconds by side of the kernel',
          head: ['kernel', 'sliding predicted', 'FFT predicted', 'sliding measured', 'FFT measured', 'faster'],
          rows: points.map(({ kernel, predicted, measured }) => [
            kernel,
            predicted.direct,
            predicted.fft,
            measured.direct,
            measured.fft,
            measured.fft < measured.direct ? 'FFT' : 'sliding',
          ]),
        },
        {
          title: 'Calibrated here: nanoseconds',
          head: ['multiply-add', 'butterfly', 'product of spectra', 'move'],
          rows: [[multiplyAdd, butterfly, product, move]],
        },
      ],
      figures: [
        plots([
          await linePlot({
            title: 'Time by side of the kernel',
            x: 'side of the kernel',
            y: 'ms',
            logarithmic: true,
            lines: [
              line('direct', 'measured'),
              line('fft', 'measured'),
              line('direct', 'predicted'),
              line('fft', 'predicted'),
            ],
          }),
        ]),
      ],
    };
  },
};

function crossing(points: readonly Point[]): string {
  const first = (of: 'predicted' | 'measured'): string => {
    const found = points.find((point) => point[of].fft < point[of].direct);
    return found === undefined ? `not up to ${kernels.at(-1)}` : `from ${found.kernel}×${found.kernel} on`;
  };
  return `FFT is faster ${first('measured')} as measured, ${first('predicted')} by the model.`;
}

function pointAt(kernel: number, cost: ConvCost): Point {
  const x = f32(1, channels, side + kernel - 1, side + kernel - 1);
  const w = f32(channels, channels, kernel, kernel);
  const axis = { stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 };
  const attributes = { axes: [axis, axis], groups: 1 };
  return {
    kernel,
    predicted: {
      direct: directNanoseconds(w, f32(1, channels, side, side), cost) / 1e6,
      fft: planFft(x, w, attributes, cost).nanoseconds / 1e6,
    },
    measured: { direct: milliseconds(x, w, 'direct', cost), fft: milliseconds(x, w, 'fft', cost) },
  };
}

/** The shortest of several runs, the first not counted. */
function milliseconds(x: Type, w: Type, algorithm: 'direct' | 'fft', cost: ConvCost): number {
  const g = new GraphBuilder();
  const y = fftConv2d(g.input('x', x as Type<number[], 'f32'>), g.input('w', w as Type<number[], 'f32'>), {
    algorithm,
    cost,
  });
  const executable = compile(g.build({ y }), { backend: wasmWith({ threads: 1 }) });
  const some = (type: Type) =>
    array(
      type,
      Float32Array.from({ length: sizeOf(type.shape) }, (_, i) => ((i * 37) % 64) / 64),
    );
  const feeds = { x: some(x), w: some(w) };
  executable.run(feeds);
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    executable.run(feeds);
    best = Math.min(best, performance.now() - start);
  }
  executable.close();
  return best;
}
