import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { griddingAdvice, receptiveField } from '../../src/analysis/index.ts';
import { f64, type Graph, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { concat, conv2d } from '../../src/index.ts';
import { dilatedCoverage } from '../../src/nn/index.ts';

const conv = (x: Tensor, dilation: number, stride = 1, kernel = 3): Tensor =>
  x.graph.scope('conv', () => {
    const name = `w${x.graph.tensors.length}`;
    const w = x.graph.parameter(name, f64(1, x.shape[1]!, kernel, kernel));
    return conv2d(x, w, { dilation, stride, padding: dilation }) as Tensor;
  });

const built = (f: (x: Tensor) => Tensor): Graph => {
  const g = new GraphBuilder();
  return g.build({ y: f(g.input('x', f64(1, 1, 64, 64))) });
};
const stack = (rates: readonly number[]): Graph => built((x) => rates.reduce((y, rate) => conv(y, rate), x));

const found = (graph: Graph) =>
  griddingAdvice(graph).map(({ axis, dilations }) => [axis, dilations.map((d) => d.advised)]);

describe('griddingAdvice', () => {
  it.each([[[2, 3]], [[3, 5, 7]], [[1, 2, 9]], [[2, 2, 2]]])(
    '%j leave holes, coprime or not (correction 38)',
    (rates) => {
      const advice = griddingAdvice(stack(rates));
      expect(advice.map(({ axis, left }) => [axis, left])).toEqual([
        [2, 0],
        [3, 0],
      ]);
      expect(advice[0]!.holes).toBe(dilatedCoverage(3, rates).holes);
    },
  );

  it.each([[[1, 2, 4]], [[1, 3, 9]], [[1, 2, 5]], [[1, 1, 1]]])('%j leave none', (rates) =>
    expect(griddingAdvice(stack(rates))).toEqual([]),
  );

  it('advises what dilatedCoverage does for stacks', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), (rates) => {
        const { holes, dense } = dilatedCoverage(3, rates);
        const advice = found(stack(rates.toSorted((a, b) => a - b)));
        const dilated = dense.filter((_, i) => rates.toSorted((a, b) => a - b)[i]! > 1);
        expect(advice).toEqual(
          holes === 0
            ? []
            : [
                [2, dilated],
                [3, dilated],
              ],
        );
      }),
    ));

  it('of branches and strides, what closes the holes when it is followed', () => {
    const branches = (first: number, second: number) =>
      built((x) => concat([conv(x, first), conv(x, second)], 1) as Tensor);
    expect(receptiveField(branches(4, 6))[2]!.holes).toBe(13 - 5);
    const [advice] = griddingAdvice(branches(4, 6));
    expect(advice!.left).toBe(0);
    const [a, b] = advice!.dilations.map(({ advised }) => advised);
    expect(receptiveField(branches(a!, b!))[2]!.holes).toBe(0);
    expect(advice!.dilations[0]).toMatchObject({ taps: 3, dilation: 4 });
    expect(advice!.dilations[0]!.scope).toContain('conv');

    // Kernels of one element that step over others: no dilation mends that.
    const strided = built((x) => conv(conv(x, 1, 3, 1), 2));
    expect(griddingAdvice(strided)[0]!.left).toBeGreaterThan(0);
  });
});
