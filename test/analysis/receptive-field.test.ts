import { describe, expect, it } from 'vitest';
import { fieldOf, pathCounts } from '../../src/analysis/index.ts';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { Random } from '../../src/check/random.ts';
import { array, f64, GraphBuilder, type NdArray, type Tensor, type Type } from '../../src/graph/index.ts';
import { inputAttributes, isInput } from '../../src/graph/input.ts';
import { constant, conv1d, maxPool2d, mul, sum } from '../../src/index.ts';
import { dilatedCoverage } from '../../src/nn/index.ts';
import { type RandomNetOptions, randomNet } from './random-net.ts';

const seed = Number(process.env.SEED ?? 1);

/** The gradient of one element of y by x, all parameters and x being one. */
function gradientAt(x: Tensor, y: Tensor, at: readonly number[]): NdArray {
  const { graph: g } = x;
  const chosen = array(f64(...y.shape));
  chosen.data[at.reduce((flat, index, axis) => flat * y.shape[axis]! + index, 0)] = 1;
  const one = mul(y as Tensor<number[], 'f64'>, constant(g, f64(...y.shape), chosen.data));
  const graph = g.build({ dx: grad(sum(one), x as Tensor<number[], 'f64'>) });
  const executable = compile(graph);
  const ones = (type: Type): NdArray => {
    const value = array(type);
    value.data.fill(1);
    return value;
  };
  for (const node of graph.nodes.filter(isInput)) {
    const { name, role } = inputAttributes(node);
    if (role === 'parameter') executable.write(name, ones(node.type));
  }
  return executable.run({ x: ones(x) }).dx!;
}

function drawn(k: number, options: RandomNetOptions) {
  const g = new GraphBuilder();
  const { x, y } = randomNet(g, k, options);
  const random = new Random(k, 'at');
  return { x, y, at: y.shape.map((size, axis) => random.integer(axis, 0, size - 1)), graph: g.build({ y }) };
}

describe('random graphs', () => {
  it('what is read is where the gradient is not zero, on 1,000 graphs', () => {
    const [sizes, read]: [number[], number[]] = [[], []];
    let adaptive = 0;
    for (let k = seed * 1000; k < (seed + 1) * 1000; k++) {
      // Of a maximum the gradient shows one element of the window, of a mean all.
      const { x, y } = drawn(k, { chosen: 'mean' });
      const { at, graph } = drawn(k, { chosen: 'maximum' });
      const support = Array.from(gradientAt(x, y, at).data, (value) => (value > 0 ? 1 : 0));
      expect([...fieldOf(graph, { at }).data], `seed ${k}, at [${at}]`).toEqual(support);
      sizes.push(graph.nodes.length);
      if (graph.nodes.some(({ op }) => op.name === 'argmax')) adaptive++;
      read.push(support.reduce<number>((count, value) => count + value, 0) / support.length);
    }
    // Neither trivial graphs nor trivial answers.
    expect(adaptive).toBeGreaterThan(100);
    expect(sizes.filter((size) => size > 12).length).toBeGreaterThan(500);
    expect(read.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(500);
  }, 120_000);

  it('paths are counted by the gradient with weights of one', () => {
    for (let k = seed * 1000; k < seed * 1000 + 200; k++) {
      const { x, y, at, graph } = drawn(k, { unit: true });
      expect([...pathCounts(graph, { at }).data], `seed ${k}, at [${at}]`).toEqual([...gradientAt(x, y, at).data]);
    }
  }, 60_000);
});

describe('pathCounts', () => {
  it.each([[[1, 2, 4]], [[2, 2, 2]], [[1, 2, 5]], [[1, 2, 9]]])(
    'of dilations %j: those of dilatedCoverage, holes too (operators.md 58)',
    (rates) => {
      const g = new GraphBuilder();
      let y: Tensor = g.input('x', f64(1, 1, 60));
      rates.forEach((dilation, k) => {
        y = conv1d(y, g.parameter(`w${k}`, f64(1, 1, 3)), { dilation, padding: dilation }) as Tensor;
      });
      const counts = [...pathCounts(g.build({ y }), { at: [0, 0, 30] }).data];
      const { hits } = dilatedCoverage(3, rates);
      const first = 30 - (hits.length - 1) / 2;
      expect(counts.slice(first, first + hits.length)).toEqual(hits);
      expect(counts.filter((count) => count > 0)).toHaveLength(hits.filter((count) => count > 0).length);
    },
  );

  it('of windows whose maximum is taken: each element is one way', () => {
    const g = new GraphBuilder();
    const y = maxPool2d(g.input('x', f64(1, 1, 4, 4)), { kernel: 3, stride: 1 });
    const graph = g.build({ y: sum(y) });
    expect([...pathCounts(graph, { at: [] }).data]).toEqual([1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1]);
  });
});
