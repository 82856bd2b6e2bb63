import type { NdArray } from '../../../src/graph/nd-array.ts';
import type { Interpolation, Outside } from '../../../src/ops/index.ts';

/** One axis as a function on all integers: which element stands there, or none. */
function elementAt(i: number, size: number, outside: Outside): number | undefined {
  if (size === 0) return undefined;
  const mirrored = (at: number, period: number): number => ((at % period) + period) % period;
  switch (outside) {
    case 'zero':
      return i >= 0 && i < size ? i : undefined;
    case 'replicate':
      return i < 0 ? 0 : i >= size ? size - 1 : i;
    case 'reflect': {
      if (size === 1) return 0;
      const at = mirrored(i, 2 * size - 2);
      return at < size ? at : 2 * size - 2 - at;
    }
    case 'symmetric': {
      const at = mirrored(i, 2 * size);
      return at < size ? at : 2 * size - 1 - at;
    }
  }
}

/** A kernel as a function of the signed distance, written down piece by piece. */
function kernelAt(kernel: Interpolation, distance: number): number {
  const d = Math.abs(distance);
  if (kernel === 'nearest') return d < 0.5 ? 1 : 0;
  if (kernel === 'linear') return Math.max(0, 1 - d);
  const a = kernel.cubic;
  if (d <= 1) return (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1;
  return d < 2 ? a * d ** 3 - 5 * a * d ** 2 + 8 * a * d - 4 * a : 0;
}

interface Axis {
  readonly kernel: Interpolation;
  readonly outside: Outside;
}

/** x[B,C,…] at p[B,axes,M] by summing over all integers near a position, axis after axis. */
export function sampleLoop(x: NdArray, p: NdArray, axes: readonly Axis[]): number[] {
  const [batch, channels, ...size] = x.shape as readonly [number, number, ...number[]];
  const count = p.shape[2]!;
  const plane = size.reduce((a, b) => a * b, 1);
  const read = (base: number, axis: number, position: (axis: number) => number): number => {
    if (axis === size.length) return x.data[base]!;
    const at = position(axis);
    const { kernel, outside } = axes[axis]!;
    let sum = 0;
    for (let i = Math.floor(at) - 3; i <= Math.floor(at) + 3; i++) {
      const weight = kernelAt(kernel, at - i);
      const element = elementAt(i, size[axis]!, outside);
      if (weight === 0 || element === undefined) continue;
      const below = size.slice(axis + 1).reduce((a, b) => a * b, 1);
      sum += weight * read(base + element * below, axis + 1, position);
    }
    return sum;
  };
  const y: number[] = [];
  for (let b = 0; b < batch; b++)
    for (let c = 0; c < channels; c++)
      for (let m = 0; m < count; m++)
        y.push(read((b * channels + c) * plane, 0, (axis) => p.data[(b * size.length + axis) * count + m]!));
  return y;
}
