import { describe, expect, test } from 'vitest';
import { receptiveField } from '../../src/analysis/index.ts';
import { f64, type Graph, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { dilatedCoverage } from '../../src/nn/index.ts';
import { conv2d, effectiveKernel } from '../../src/ops/index.ts';

/** 3×3 convolutions in turn, of these dilations and strides. */
function stack(layers: readonly (readonly [dilation: number, stride: number])[]): Graph {
  const g = new GraphBuilder();
  let y: Tensor = g.input('x', f64(1, 1, 64, 64));
  for (const [k, [dilation, stride]] of layers.entries())
    y = conv2d(y, g.parameter(`w${k}`, f64(1, 1, 3, 3)) as Tensor, { dilation, stride, padding: dilation }) as Tensor;
  return g.build({ y });
}
const field = (layers: readonly (readonly [number, number])[]): number =>
  receptiveField(stack(layers), { input: 'x' })[2]!.size;

describe('receptive fields of the notes', () => {
  const rates = [1, 2, 4, 8];

  test('S0 3.2.1: RF 3, 7, 15, 31 with d = 2^(l − 1)', () => {
    expect(rates).toEqual([1, 2, 3, 4].map((l) => 2 ** (l - 1)));
    const upTo = (l: number) => rates.slice(0, l + 1);
    expect(rates.map((_, l) => field(upTo(l).map((d) => [d, 1])))).toEqual([3, 7, 15, 31]);
    expect(rates.map((_, l) => dilatedCoverage(3, upTo(l)).hits.length)).toEqual([3, 7, 15, 31]);
    // RF = 1 + Σ (k − 1) d
    expect(rates.map((_, l) => upTo(l).reduce((sum, d) => sum + 2 * d, 1))).toEqual([3, 7, 15, 31]);
  });

  test('S1: 3×3 once, twice, three times is 3, 5, 7; at rates 1, 2, 3 it is 3, 5, 7', () => {
    expect([1, 2, 3].map((n) => field(new Array<[number, number]>(n).fill([1, 1])))).toEqual([3, 5, 7]);
    expect([1, 2, 3].map((d) => field([[d, 1]]))).toEqual([3, 5, 7]);
  });

  test('S0 3.2.2: RF_l = RF_(l − 1) + (k − 1)·d·Π s', () => {
    const layers = [
      [1, 2],
      [2, 1],
      [1, 2],
      [4, 1],
    ] as const;
    let [expected, jump] = [1, 1];
    for (const [d, s] of layers) {
      expected += 2 * d * jump;
      jump *= s;
    }
    expect([expected, field(layers)]).toEqual([47, 47]);
  });

  test('S0 3.1.2: k_eff is 5 for d = 2 and 9 for d = 4, by both forms', () => {
    expect([2, 4].map((d) => effectiveKernel(3, d))).toEqual([5, 9]);
    for (const d of [2, 4]) expect(effectiveKernel(3, d)).toBe(3 * d - (d - 1));
  });

  test('S0 3.3.1: ASPP at 1, 6, 12, 18 sees 3, 13, 25, 37', () => {
    expect([1, 6, 12, 18].map((d) => field([[d, 1]]))).toEqual([3, 13, 25, 37]);
  });
});
