import type { Fan } from './initialiser.ts';

/** The geometry of a convolution as far as variances go; `in` and `out` count all channels. */
export interface ConvGeometry {
  readonly in: number;
  readonly out: number;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly groups: number;
}

/** An output of a convolution reads every tap; an input is read by one tap in `stride`. */
export function convFan({ in: channels, out, kernel, stride, groups }: ConvGeometry): Fan {
  const taps = product(kernel);
  return { in: (channels / groups) * taps, out: ((out / groups) * taps) / product(stride) };
}

/**
 * The other way round for a transposed convolution: its outputs are a convolution's inputs, so each is made by one tap in
 * `stride` (a 2×2 kernel with stride 2 has one tap per output).
 */
export function convTransposeFan({ in: channels, out, ...geometry }: ConvGeometry): Fan {
  const fan = convFan({ in: out, out: channels, ...geometry });
  return { in: fan.out, out: fan.in };
}

const product = (numbers: readonly number[]): number => numbers.reduce((p, n) => p * n, 1);
