import { compile } from '../../backends/compile.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { f64 } from '../../graph/type.ts';
import { add, fft, fft2, mul, reshape, sqrt } from '../../ops/index.ts';

/** The magnitude of the discrete Fourier transform of values over one or two axes, `f64` of the same shape. */
export function spectrumOf(values: NdArray): NdArray {
  const { shape } = values;
  const g = new GraphBuilder();
  const x = reshape(g.input('x', f64(...shape)), [1, 1, ...shape]);
  const { real, imag } = shape.length === 1 ? fft(x) : fft2(x);
  const magnitude = sqrt(add(mul(real, real), mul(imag, imag)));
  const run = compile(g.build({ magnitude: reshape(magnitude, [...shape]) }));
  return run.run({ x: array(f64(...shape), [...values.data]) }).magnitude!;
}
