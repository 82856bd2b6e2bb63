import { describe, expect, test } from 'vitest';
import { shiftConsistency } from '../../src/analysis/index.ts';
import { grad, vjp } from '../../src/autodiff/index.ts';
import { array, f64, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import {
  adaptiveAvgPool1d,
  avgPool2d,
  blurPool,
  cast,
  conv2d,
  equal,
  globalPool,
  learnablePool2d,
  maxPool1d,
  maxPool2d,
  type PresetName,
  preset,
  slice,
  sum,
} from '../../src/ops/index.ts';
import { codeOf } from './code-of.ts';
import { decides } from './page.ts';
import { inner, line, plane, type Values, values } from './values.ts';

describe('corrections of pooling', () => {
  test('1: equal maxima share one gradient, and windows that overlap add up', () => {
    const { first, split, rule } = values({ x: plane(2, 2, [5, 5, 5, 5]) }, ({ x }) => {
      const pooled = maxPool2d(x, { kernel: 2 });
      return {
        first: grad(sum(pooled), x),
        split: grad(sum(maxPool2d(x, { kernel: 2, ties: 'split' })), x),
        // The notes': all of it wherever x is the maximum.
        rule: cast(equal(x, pooled), 'f64'),
      };
    });
    // All four raised by 1 raise the maximum by 1, whatever the ties.
    const { low, high } = values({ x: plane(2, 2, [5, 5, 5, 5]), up: plane(2, 2, [6, 6, 6, 6]) }, ({ x, up }) => ({
      low: maxPool2d(x, { kernel: 2 }),
      high: maxPool2d(up, { kernel: 2 }),
    }));
    const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
    expect([total(first), total(split)]).toEqual([high[0]! - low[0]!, high[0]! - low[0]!]);
    const { overlap } = values({ x: line(1, 3, 2) }, ({ x }) => ({
      overlap: grad(sum(maxPool1d(x, { kernel: 2, stride: 1 })), x),
    }));
    decides(
      1,
      `four equal maxima: ${first.join(' ')} (first) or ${split.join(' ')} (split), sum 1; by the notes ${rule.join(' ')}, sum ${total(rule)}. 1 3 2 in windows of two: ${overlap.join(' ')}`,
    );
  });

  test('2: the gradient of a mean sums over windows and divides as the mean does', () => {
    const options = { kernel: 3, stride: 1, padding: 1, countIncludePad: false } as const;
    const { dx } = values({ x: plane(3, 3) }, ({ x }) => ({ dx: grad(sum(avgPool2d(x, options)), x) }));
    for (const countIncludePad of [true, false])
      for (const ceil of [true, false]) {
        const feeds = { x: plane(5, 5, whole(25, 3)), u: plane(3, 3, whole(9, 5)) };
        const { y, back, x, u } = values(feeds, ({ x, u }) => {
          const y = avgPool2d(x, { kernel: 2, padding: 1, ceil, countIncludePad });
          return { y, back: vjp(y, x, u), x, u };
        });
        expect(inner(y, u)).toBe(inner(x, back));
      }
    decides(
      2,
      `3×3 pixels, padded windows of 3×3: the middle one gets ${dx[4]!.toFixed(2)}, not ${(1 / 9).toFixed(2)}`,
    );
  });

  test('3: what a padded mean divides by is a decision', () => {
    const names: readonly PresetName[] = ['torch', 'onnx', 'tf', 'seed'];
    const means = names.map((name) => {
      const { y } = values({ x: plane(1, 1, [9]) }, ({ x }) => ({
        y: avgPool2d(x, { ...preset(name).avgPool, kernel: 3, stride: 1, padding: 1 }),
      }));
      return `${name} ${y[0]}`;
    });
    decides(3, `the mean of one pixel, 9, in a padded 3×3 window: ${means.join(', ')}`);
  });

  test('4: max pooling is not invariant to shifts', () => {
    const image = array(
      f64(1, 32, 40),
      whole(32 * 40, 97).map((v) => v / 97),
    );
    const change = (f: (x: Values) => Tensor): string[] =>
      shiftConsistency((x) => f(x as Values), { type: f64(1, 1, 32, 32), image, shifts: [1, 2] }).map(({ relative }) =>
        relative.toFixed(2),
      );
    const pooled = change((x) => maxPool2d(x, { kernel: 2 }) as Tensor);
    const blurred = change((x) => blurPool(maxPool2d(x, { kernel: 2, stride: 1 }) as Values, { stride: 2 }) as Tensor);
    expect(Number(blurred[0])).toBeLessThan(Number(pooled[0]));
    decides(
      4,
      `relative change after a shift by 1 and by 2 pixels: max pooling ${pooled.join(' and ')}, blurred ${blurred.join(' and ')}`,
    );
  });

  test('5: indices go from 0 to H − 1', () => {
    const x = line(1, 2, 3, 4);
    const { y } = values({ x }, ({ x }) => ({ y: globalPool(x, { kind: 'avg' }) }));
    const refusal = codeOf(() =>
      values({ x }, ({ x }) => ({ y: slice(x, { starts: [0, 0, 1], limits: [1, 1, 5] }) as Tensor })),
    );
    decides(5, `1 2 3 4 have the mean ${y[0]}; elements 1 … 4 are refused: ${refusal}`);
  });

  test('6: learnable pooling needs a stride', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 3, 4, 4));
    const w = g.input('w', f64(3, 1, 2, 2));
    const without = conv2d(x, w, { groups: 3 });
    decides(
      6,
      `4×4 in windows of 2×2: ${size(without)} by the formula, ${size(learnablePool2d(x, w))} with the stride`,
    );
  });

  test('46: windows of adaptive pooling differ in length', () => {
    let wrong = 0;
    let pairs = 0;
    const lengths = (length: number, outs: readonly number[]): number[][] => {
      const eye = array(
        f64(length, 1, length),
        Array.from({ length: length ** 2 }, (_, i) => (i % (length + 1) === 0 ? 1 : 0)),
      );
      const made = values({ eye }, ({ eye }) =>
        Object.fromEntries(outs.map((out) => [`to${out}`, adaptiveAvgPool1d(eye, out) as Tensor])),
      );
      // How many pixels count in each result.
      return outs.map((out) =>
        Array.from(
          { length: out },
          (_, i) => made[`to${out}`]!.filter((weight, at) => at % out === i && weight > 0).length,
        ),
      );
    };
    for (let length = 1; length <= 32; length++) {
      const outs = Array.from({ length }, (_, i) => i + 1);
      for (const [i, windows] of lengths(length, outs).entries()) {
        pairs += 1;
        if (windows.some((window) => window !== Math.ceil(length / outs[i]!))) wrong += 1;
      }
    }
    decides(
      46,
      `5 → 3 has windows of ${lengths(5, [3])[0]!.join(' ')}, not 2 2 2; ⌈H/H_out⌉ is wrong for ${wrong} of ${pairs} pairs up to 32`,
    );
  });
});

const size = ({ shape }: Tensor): string => shape.slice(2).join('×');

const whole = (count: number, modulus: number): number[] =>
  Array.from({ length: count }, (_, i) => (i * i * 31 + i * 7) % modulus);
