import { describe, expect, test } from 'vitest';
import { effectiveReceptiveField, griddingAdvice, receptiveField } from '../../src/analysis/index.ts';
import { f64, type Graph, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { aspp, dilatedCoverage } from '../../src/nn/index.ts';
import { conv1d, conv2d, effectiveKernel } from '../../src/ops/index.ts';
import { decides } from './page.ts';

/** Convolutions of three taps in turn. */
function stack(rates: readonly number[]): Graph {
  const g = new GraphBuilder();
  const x: Tensor = g.input('x', f64(1, 1, 64));
  const y = rates.reduce(
    (y, dilation, k) =>
      conv1d(y, g.parameter(`w${k}`, f64(1, 1, 3)) as Tensor, { dilation, padding: dilation }) as Tensor,
    x,
  );
  return g.build({ y });
}

describe('corrections of dilation and receptive fields', () => {
  test('36: the effective receptive field is not the effective kernel', () => {
    const g = new GraphBuilder();
    let y: Tensor = g.input('x', f64(1, 1, 31, 31));
    for (let k = 0; k < 10; k++)
      y = conv2d(y, g.parameter(`w${k}`, f64(1, 1, 3, 3)) as Tensor, { padding: 1 }) as Tensor;
    const graph = g.build({ y });
    const { size } = receptiveField(graph, { input: 'x' })[2]!;
    const { bells } = effectiveReceptiveField(graph, { input: 'x', draws: 40, seed: 1 });
    const { sigma } = bells[0]!;
    expect(sigma).toBeLessThan(size / 4);
    decides(
      36,
      `k_eff of k = 3, d = 2 is ${effectiveKernel(3, 2)}. Ten layers of 3×3 may read ${size} rows; their gradient is a bell of σ = ${sigma.toFixed(1)} rows`,
    );
  });

  test('37: DeepLab’s first branch is 1×1, and all are projected', () => {
    const shapes = (['deeplab', 'seed'] as const).map((preset) => {
      const { parameters } = aspp({ in: 16, out: 8, preset, rates: [1, 2, 4, 8] });
      const kernel = parameters['branches.0.conv.w']!.type.shape.slice(2).join('×');
      const projected = Object.keys(parameters).some((name) => name.startsWith('project'));
      return `${kernel} ${projected ? 'and a projection' : 'and none'}`;
    });
    decides(37, `first branch: ${shapes[0]} by DeepLab, ${shapes[1]} by the notes`);
  });

  test('38: coprime rates may leave holes, others may not', () => {
    const found = [
      [2, 3],
      [3, 5, 7],
      [1, 2, 9],
      [2, 2, 2],
      [1, 2, 4],
      [1, 3, 9],
    ].map((rates) => {
      const { holes, dense } = dilatedCoverage(3, rates);
      const graph = stack(rates);
      // Counted twice: on the rule's own stack, and on the graph.
      expect(receptiveField(graph, { input: 'x' })[2]!.holes).toBe(holes);
      const advice = griddingAdvice(graph, { input: 'x' })[0];
      // The advice is for windows that are dilated.
      const dilated = dense.slice(rates.filter((rate) => rate === 1).length);
      if (holes > 0) expect(advice!.dilations.map(({ advised }) => advised).toSorted((a, b) => a - b)).toEqual(dilated);
      else expect(advice).toBeUndefined();
      return { rates, holes, coprime: coprime(rates), hdc: hybrid(rates) };
    });
    // Neither is a test: of both there are counter-examples.
    expect(found.some(({ coprime, holes }) => coprime && holes > 0)).toBe(true);
    expect(found.some(({ coprime, holes }) => !coprime && holes === 0)).toBe(true);
    expect(found.filter(({ hdc, holes }) => hdc && holes > 0).map(({ rates }) => rates.join())).toEqual([
      '2,3',
      '2,2,2',
    ]);
    decides(
      38,
      found
        .map(
          ({ rates, holes, coprime }) =>
            `${rates.join(' ')}${coprime ? ' (coprime)' : ''}: ${holes === 1 ? '1 hole' : `${holes} holes`}`,
        )
        .join(', '),
    );
  });
});

/** Whether every two of them have no common divisor. */
const coprime = (rates: readonly number[]): boolean =>
  rates.every((a, i) => rates.slice(i + 1).every((b) => divisor(a, b) === 1));
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** What Wang et al. 2018 ask of hybrid dilation: M_2 ≤ K, with M_i = max(M_{i+1} − 2 r_i, 2 r_i − M_{i+1}, r_i). */
function hybrid(rates: readonly number[]): boolean {
  let gap = rates.at(-1)!;
  for (const rate of rates.slice(1, -1).toReversed()) gap = Math.max(gap - 2 * rate, 2 * rate - gap, rate);
  return gap <= 3;
}
