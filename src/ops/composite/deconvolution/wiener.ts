import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { padOp } from '../../shape/pad-op.ts';
import { roll } from '../movement/roll.ts';
import { type Lengths, realInverse, realTransform } from '../spectral/transform.ts';
import { quotient } from './quotient.ts';

/** Wiener's filter for planes that are correlated with one kernel around their borders, its middle tap on each element. */
export function wiener(y: Tensor, w: Tensor, noise: number, options: readonly string[]): Tensor {
  const size = y.shape.slice(2);
  const kernel = w.shape.slice(2);
  if (w.shape[0] !== 1 || w.shape[1] !== 1 || kernel.some((k, i) => k < 1 || k > size[i]!))
    fail(
      'deconvolve/wiener',
      `w[${w.shape}] is not one kernel that fits into planes of [${size}]`,
      `make w [1, 1, …], no larger than y.`,
    );
  if (options.length > 0)
    fail(
      'deconvolve/wiener',
      `${options.join(', ')} does not apply: x is as large as y and goes around its borders`,
      "leave it out, or use 'least-squares'.",
    );
  const axes = size.map((_, i) => i + 2);
  const lengths: Lengths = axes.map((axis, i) => [axis, size[i]]);
  const padded = padOp(
    { x: w },
    {
      lo: w.shape.map(() => 0),
      hi: [0, 0, ...size.map((n, i) => n - kernel[i]!)],
      interior: w.shape.map(() => 0),
      value: 0,
    },
  );
  const centred = roll(
    padded,
    kernel.map((k) => -Math.floor((k - 1) / 2)),
    axes,
  );
  const [a, b] = [realTransform(y, lengths, 'backward'), realTransform(centred, lengths, 'backward')];
  const power = add(add(mul(b.real, b.real), mul(b.imag, b.imag)), noise);
  // y is a correlation, F(y) = F(x)·conj(F(w)): so F(y)·F(w) = F(x)·|F(w)|².
  const real = quotient(sub(mul(a.real, b.real), mul(a.imag, b.imag)), power);
  const imag = quotient(add(mul(a.real, b.imag), mul(a.imag, b.real)), power);
  return realInverse({ real, imag }, lengths, 'backward');
}
