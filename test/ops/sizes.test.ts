import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  convSize,
  convTransposeSize,
  effectiveKernel,
  poolSize,
  samePadding,
  solveTransposed,
  transposedPadding,
} from '../../src/ops/index.ts';

const walk = {
  length: fc.integer({ min: 1, max: 12 }),
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 5 }),
  dilation: fc.integer({ min: 1, max: 3 }),
};
const pads = fc.tuple(fc.integer({ min: -2, max: 5 }), fc.integer({ min: -2, max: 5 }));

interface Walk {
  readonly length: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

/** Where windows begin that lie wholly in the padded axis, counted one by one. */
function starts({ length, kernel, stride, dilation }: Walk, lo: number, hi: number): number[] {
  const found: number[] = [];
  for (let start = -lo; start + (kernel - 1) * dilation < length + hi; start += stride) found.push(start);
  return found;
}

describe('sizes against counting', () => {
  it('effectiveKernel: both forms, and the span of the taps', () => {
    fc.assert(
      fc.property(walk.kernel, walk.dilation, (k, d) => {
        const taps = Array.from({ length: k }, (_, i) => i * d);
        expect(effectiveKernel(k, d)).toBe(Math.max(...taps) - Math.min(...taps) + 1);
        expect(effectiveKernel(k, d)).toBe(k + (k - 1) * (d - 1));
      }),
    );
  });

  it('convSize', () => {
    fc.assert(
      fc.property(fc.record({ ...walk, padding: pads }), ({ padding, ...axis }) => {
        const count = starts(axis, ...padding).length;
        if (count === 0) expect(() => convSize({ ...axis, padding })).toThrow('conv/window:');
        else expect(convSize({ ...axis, padding })).toBe(count);
      }),
      { numRuns: 500 },
    );
  });

  it('poolSize: rounded up, a window that reaches beyond the padding counts unless it begins there', () => {
    const padding = fc.tuple(fc.nat(4), fc.nat(4));
    fc.assert(
      fc.property(fc.record({ ...walk, padding, ceil: fc.boolean() }), ({ padding: [lo, hi], ceil, ...axis }) => {
        // In ceil mode a window counts as long as it begins before the high padding and the one before it left some of the
        // padded axis unread.
        const begins = (i: number): number => i * axis.stride - lo;
        const unread = (i: number): boolean => begins(i) + (axis.kernel - 1) * axis.dilation < axis.length + hi - 1;
        let count = starts(axis, lo, hi).length;
        if (ceil) for (count = 0; begins(count) < axis.length && unread(count - 1); ) count++;
        const options = { ...axis, padding: [lo, hi] as const, ceil };
        if (count === 0) expect(() => poolSize(options)).toThrow('pool/window:');
        else expect(poolSize(options)).toBe(count);
      }),
      { numRuns: 1000 },
    );
  });

  it('convTransposeSize undoes convSize, up to what the stride swallows', () => {
    fc.assert(
      fc.property(fc.record({ ...walk, padding: pads }), ({ padding, ...axis }) => {
        const count = starts(axis, ...padding).length;
        fc.pre(count > 0);
        const outputPadding =
          (axis.length + padding[0] + padding[1] - effectiveKernel(axis.kernel, axis.dilation)) % axis.stride;
        expect(convTransposeSize({ ...axis, length: count, padding, outputPadding })).toBe(axis.length);
      }),
    );
  });

  it.each([
    [{ length: 7, kernel: 3 }, 5],
    [{ length: 7, kernel: 3, padding: 1 }, 7],
    [{ length: 7, kernel: 3, padding: 'full' as const }, 9],
    [{ length: 7, kernel: 3, padding: 'valid' as const, stride: 2 }, 3],
  ])('the lecture notes’ examples: %j has %i positions (operators.md 13, 14)', (options, size) => {
    expect(convSize(options)).toBe(size);
  });
});

describe('samePadding', () => {
  it('is the least padding with the size wanted; impossible where there is none', () => {
    const size = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });
    fc.assert(
      fc.property(fc.record(walk), size, fc.constantFrom('upper', 'lower', 'refuse', 'even'), (axis, wanted, odd) => {
        const count = wanted ?? Math.ceil(axis.length / axis.stride);
        const fits = Array.from({ length: 90 }, (_, total) => total).filter((t) => starts(axis, 0, t).length === count);
        const found = samePadding({ ...axis, ...(wanted === undefined ? {} : { size: wanted }), odd: odd as 'upper' });
        const least = odd === 'even' ? fits.find((t) => t % 2 === 0) : fits[0];
        if (least === undefined || (odd === 'refuse' && least % 2 !== 0)) {
          expect(found).toBe('impossible');
          return;
        }
        const [less, more] = [Math.floor(least / 2), Math.ceil(least / 2)];
        expect(found).toEqual(odd === 'lower' ? [more, less] : [less, more]);
      }),
      { numRuns: 1000 },
    );
  });

  it('by default gives ⌈length / stride⌉ positions for every kernel, and is what the padding rules do', () => {
    fc.assert(
      fc.property(fc.record(walk), fc.constantFrom('upper' as const, 'lower' as const), (axis, odd) => {
        const padding = samePadding({ ...axis, odd });
        expect(padding).not.toBe('impossible');
        if (padding === 'impossible') return;
        expect(convSize({ ...axis, padding })).toBe(Math.ceil(axis.length / axis.stride));
        expect(convSize({ ...axis, padding: `same-${odd}` })).toBe(Math.ceil(axis.length / axis.stride));
        const strict = samePadding({ ...axis, odd: 'refuse' });
        if (strict === 'impossible')
          expect(() => convSize({ ...axis, padding: 'same-strict' })).toThrow('option/fraction:');
        else expect(convSize({ ...axis, padding: 'same-strict' })).toBe(Math.ceil(axis.length / axis.stride));
      }),
      { numRuns: 500 },
    );
  });
});

describe('solveTransposed', () => {
  it('finds every choice that gives the size, and no other', () => {
    fc.assert(
      fc.property(fc.record({ ...walk, size: fc.integer({ min: 1, max: 40 }) }), ({ size, ...axis }) => {
        const found = solveTransposed({ ...axis, size });
        const right: string[] = [];
        for (let outputPadding = 0; outputPadding < Math.max(axis.stride, axis.dilation); outputPadding++)
          for (let total = 0; total < 90; total++) {
            const padding = [Math.floor(total / 2), Math.ceil(total / 2)] as const;
            let result = 0;
            try {
              result = convTransposeSize({ ...axis, padding, outputPadding });
            } catch {
              // Nothing is left with so much padding.
            }
            if (result === size) right.push(JSON.stringify({ padding, outputPadding }));
          }
        expect(found.map((one) => JSON.stringify(one))).toEqual(right);
      }),
    );
  });

  it('finds the output padding for given padding', () => {
    expect(solveTransposed({ length: 4, kernel: 3, stride: 2, size: 8, padding: 1 })).toEqual([
      { padding: [1, 1], outputPadding: 1 },
    ]);
    expect(solveTransposed({ length: 4, kernel: 3, stride: 2, size: 11, padding: 1 })).toEqual([]);
  });
});

it('transposedPadding gives any size exactly, by ONNX’s rule', () => {
  fc.assert(
    fc.property(
      fc.record({ ...walk, size: fc.integer({ min: 1, max: 40 }) }),
      fc.boolean(),
      ({ size, ...axis }, upper) => {
        const padding = transposedPadding({ ...axis, size, odd: upper ? 'upper' : 'lower' });
        expect(convTransposeSize({ ...axis, padding })).toBe(size);
        const [lo, hi] = padding;
        if (lo + hi >= 0) expect(upper ? hi - lo : lo - hi).toBe((lo + hi) % 2);
        else expect(lo).toBe(0);
      },
    ),
  );
  expect(
    convTransposeSize({
      length: 3,
      kernel: 3,
      stride: 2,
      padding: transposedPadding({ length: 3, kernel: 3, stride: 2 }),
    }),
  ).toBe(6);
});

it.each([
  [() => effectiveKernel(0), 'window/step'],
  [() => convSize({ length: 3, kernel: 1.5 }), 'window/step'],
  [() => convTransposeSize({ length: 3, kernel: 2, outputPadding: 1 }), 'conv-transpose/output-padding'],
  [() => convTransposeSize({ length: 1, kernel: 1, padding: 1 }), 'conv-transpose/window'],
  [() => samePadding({ length: 3, kernel: 2, odd: 'both' as 'upper' }), 'option/value'],
  [() => solveTransposed({ length: 3, kernel: 2, size: 4.5 }), 'window/step'],
])('refuses what is no size: %s', (attempt, code) => {
  expect(attempt).toThrow(`${code}:`);
});
