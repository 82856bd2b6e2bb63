import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SizeOperation, type SizeQuestion, solveSize } from '../../src/analysis/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { f32 } from '../../src/graph/type.ts';
import { conv1d, convTranspose1d, maxPool1d } from '../../src/ops/index.ts';

describe('settings for a size', () => {
  test('give that size when they are used', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 80 }), (from, to) => {
        for (const { operation, kernel, ...options } of solveSize({ from, to }).slice(0, 12)) {
          const g = new GraphBuilder();
          const x = g.input('x', f32(1, 1, from as number));
          const w = g.input('w', f32(1, 1, kernel));
          const { stride, padding, dilation, outputPadding, ceil } = options;
          const y = {
            conv: () => conv1d(x, w, { stride, padding, dilation }),
            pool: () => maxPool1d(x, { kernel, stride, padding, dilation, ceil }),
            convTranspose: () => convTranspose1d(x, w, { stride, padding, dilation, outputPadding }),
          }[operation]();
          expect(y.shape[2]).toBe(to);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each<[SizeQuestion & { operations: SizeOperation[] }, RegExp]>([
    [
      { from: 64, to: 128, operations: ['convTranspose'] },
      /^convTranspose2d\(x, w, \{ stride: 2, padding: 1 \}\) with a kernel of 4$/,
    ],
    [{ from: 64, to: 64, operations: ['conv'] }, /^conv2d\(x, w, \{ padding: 1 \}\) with a kernel of 3$/],
    [{ from: 64, to: 32, operations: ['pool'] }, /^maxPool2d\(x, \{ kernel: 2 \}\)$/],
    [{ from: 63, to: 32, operations: ['pool'] }, /^maxPool2d\(x, \{ kernel: 2, ceil: true \}\)$/],
    [{ from: 7, to: 5, operations: ['conv'] }, /^conv2d\(x, w\) with a kernel of 3$/],
    [{ from: 32, to: 63, stride: 2, kernel: 3, operations: ['convTranspose'] }, /stride: 2, padding: 1/],
  ])('%j: the first is what one would write', (question, text) => {
    expect(solveSize(question)[0]!.text).toMatch(text);
  });

  test('say what to mind', () => {
    const [uneven] = solveSize({ from: 8, to: 16, kernel: 3, stride: 2, operations: ['convTranspose'] });
    expect(uneven!.warnings[0]).toMatch(/unevenly/);
    const [dropped] = solveSize({
      from: 7,
      to: 3,
      kernel: 2,
      stride: 2,
      padding: 0,
      operations: ['pool'],
      ceil: false,
      dilation: 1,
    });
    expect(dropped!.warnings).toEqual(['the last 1 of 7 are read by no window']);
  });

  test('there is none where there can be none, and questions that make no sense are refused', () => {
    expect(solveSize({ from: 8, to: 100, operations: ['conv'] })).toEqual([]);
    expect(() => solveSize({ from: 0, to: 8 })).toThrow(/solve\/size: from is 0/);
  });
});
