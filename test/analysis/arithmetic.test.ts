import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArithmeticOptions, animateArithmetic, convArithmetic } from '../../src/analysis/index.ts';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { CotangentError } from '../../src/graph/error.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f64 } from '../../src/graph/type.ts';
import { conv2d, convTranspose2d } from '../../src/ops/index.ts';

const pair = (least: number, most: number): fc.Arbitrary<readonly [number, number]> => {
  const size = fc.integer({ min: least, max: most });
  return fc.tuple(size, size);
};
const settings = fc.record({
  size: pair(1, 6),
  kernel: pair(1, 3),
  stride: pair(1, 3),
  padding: pair(0, 2),
  dilation: pair(1, 2),
  transposed: fc.boolean(),
});

describe('the arithmetic of a convolution', () => {
  test('is what the operators compute, settings that are none refused by both', () => {
    let compared = 0;
    fc.assert(
      fc.property(settings, (options) => {
        const ours = outcome(() => byArithmetic(options));
        const theirs = outcome(() => byOperators(options));
        if (typeof ours !== 'string' && typeof theirs !== 'string') {
          compared += 1;
          expect(ours).toEqual(theirs);
        } else expect([typeof ours, typeof theirs]).toEqual(['string', 'string']);
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test('Figure 4.1 of the notes: a transposed 3×3 over 2×2 is a convolution of it padded by 2', () => {
    const { rows, caption } = convArithmetic({ size: 2, kernel: 3, transposed: true });
    expect(rows.lattice).toEqual([undefined, undefined, 0, 1, undefined, undefined]);
    expect(rows.output).toBe(4);
    expect(caption).toBe('transposed: i = 2×2, k = 3×3 → 4×4');
  });
});

test('an animation shows every step, and a cell for every element', () => {
  const svg = animateArithmetic({ size: 5, kernel: 3, stride: 2, padding: 1 });
  const count = (pattern: RegExp): number => [...svg.matchAll(pattern)].length;
  expect(count(/class="input"/g)).toBe(25);
  expect(count(/class="zero"/g)).toBe(7 * 7 - 25);
  expect(count(/class="tap"/g)).toBe(9);
  expect(count(/class="result"/g)).toBe(9);
  expect(count(/% \{ transform/g)).toBe(2 * 9);
  expect(svg).toContain('i = 5×5, k = 3×3, s = 2, p = 1 → 3×3');
});

const ramp = (length: number): number[] => Array.from({ length }, (_, i) => ((i * 37) % 19) - 9);

/** Sums up what the arithmetic says is read; a transposed convolution's kernel is turned. */
function byArithmetic(options: ArithmeticOptions): number[] {
  const { rows, columns } = convArithmetic(options);
  const x = ramp(rows.input * columns.input);
  const [height, width] = [rows.taps.length, columns.taps.length];
  const w = ramp(height * width);
  if (options.transposed === true) w.reverse();
  return rows.starts.flatMap((r) =>
    columns.starts.map((c) => {
      let sum = 0;
      for (const [m, dr] of rows.taps.entries())
        for (const [n, dc] of columns.taps.entries()) {
          const [row, column] = [rows.lattice[r + dr], columns.lattice[c + dc]];
          if (row !== undefined && column !== undefined) sum += x[row * columns.input + column]! * w[m * width + n]!;
        }
      return sum;
    }),
  );
}

function byOperators({ size, kernel, transposed, ...options }: ArithmeticOptions): number[] {
  const [shape, window] = [size as readonly [number, number], kernel as readonly [number, number]];
  const g = new GraphBuilder();
  const x = g.input('x', f64(1, 1, ...shape));
  const w = g.input('w', f64(1, 1, ...window));
  const y = (transposed === true ? convTranspose2d : (conv2d as typeof convTranspose2d))(x, w, options as never);
  const { result } = compile(g.build({ result: y })).run({
    x: array(f64(1, 1, ...shape), ramp(shape[0] * shape[1])),
    w: array(f64(1, 1, ...window), ramp(window[0] * window[1])),
  });
  return [...result!.data];
}

function outcome(f: () => number[]): number[] | string {
  try {
    return f();
  } catch (error) {
    if (error instanceof CotangentError) return error.code;
    throw error;
  }
}
