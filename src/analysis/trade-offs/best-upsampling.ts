import type { NdArray } from '../../graph/nd-array.ts';

/** Elements of the small image along each axis that an element of the large one is made of. */
const taps = 4;

/**
 * The mean square difference between planes and what the best linear upsampling makes of every `stride`-th element: each of
 * the stride² phases is a filter of 4×4 neighbours, the same everywhere and for all planes, by least squares on these very
 * planes. No linear interpolation with so few neighbours comes nearer.
 *
 * @param small [planes, h, w], element (i, j) standing at (i·stride, j·stride)
 * @param planes [planes, H, W]
 */
export function bestUpsamplingError(small: NdArray, planes: NdArray, stride: number): number {
  const [count, height, width] = planes.shape as readonly [number, number, number];
  const [, rows, columns] = small.shape as readonly [number, number, number];
  const near = (plane: number, i: number, j: number): number[] =>
    Array.from({ length: taps ** 2 }, (_, k) => {
      const row = Math.min(Math.max(i + Math.floor(k / taps) - 1, 0), rows - 1);
      const column = Math.min(Math.max(j + (k % taps) - 1, 0), columns - 1);
      return small.data[(plane * rows + row) * columns + column]!;
    });
  let squares = 0;
  for (let phase = 0; phase < stride ** 2; phase++) {
    const [down, across] = [Math.floor(phase / stride), phase % stride];
    const samples: { known: number[]; wanted: number }[] = [];
    for (let plane = 0; plane < count; plane++)
      for (let i = 0; i * stride + down < height; i++)
        for (let j = 0; j * stride + across < width; j++) {
          const wanted = planes.data[(plane * height + i * stride + down) * width + j * stride + across]!;
          samples.push({ known: near(plane, i, j), wanted });
        }
    const weights = leastSquares(samples);
    for (const { known, wanted } of samples)
      squares += (known.reduce((sum, value, k) => sum + value * weights[k]!, 0) - wanted) ** 2;
  }
  return squares / planes.data.length;
}

/** The weights w that minimise Σ (known · w − wanted)²: normal equations, which are positive, solved by elimination. */
function leastSquares(samples: readonly { readonly known: readonly number[]; readonly wanted: number }[]): number[] {
  const n = taps ** 2;
  const system = Array.from({ length: n }, () => new Float64Array(n + 1));
  for (const { known, wanted } of samples)
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) system[i]![j]! += known[i]! * known[j]!;
      system[i]![n]! += known[i]! * wanted;
    }
  // Where neighbours are equal, many weights are best: a trace of size decides between them.
  const trace = system.reduce((sum, row, i) => sum + row[i]!, 0);
  for (let i = 0; i < n; i++) system[i]![i]! += 1e-12 * trace + Number.MIN_VALUE;
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = system[i]![k]! / system[k]![k]!;
      for (let j = k; j <= n; j++) system[i]![j]! -= factor * system[k]![j]!;
    }
  return system.map((row, i) => row[n]! / row[i]!);
}
