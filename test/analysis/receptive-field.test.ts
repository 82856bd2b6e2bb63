import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../src/analysis/index.ts';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { Random } from '../../src/check/random.ts';
import { array, f64, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { inputAttributes, isInput } from '../../src/graph/input.ts';
import { sum } from '../../src/index.ts';
import { constant, mul } from '../../src/ops/index.ts';
import { randomNet } from './random-net.ts';

const seed = Number(process.env.SEED ?? 1);

describe('random graphs', () => {
  it('what is read is where the gradient is not zero, on 1,000 graphs', () => {
    const [sizes, read]: [number[], number[]] = [[], []];
    for (let k = 0; k < 1000; k++) {
      const g = new GraphBuilder();
      const { x, y } = randomNet(g, seed * 1000 + k);
      const random = new Random(seed * 1000 + k, 'at');
      const at = y.shape.map((size, axis) => random.integer(axis, 0, size - 1));
      const graph = g.build({ y });
      const mask = fieldOf(graph, { at });

      const chosen = array(f64(...y.shape));
      const flat = at.reduce((all, index, axis) => all * y.shape[axis]! + index, 0);
      chosen.data[flat] = 1;
      const one = constant(g, f64(...y.shape), chosen.data);
      const executable = compile(
        g.build({ dx: grad(sum(mul(y as Tensor<number[], 'f64'>, one)), x as Tensor<number[], 'f64'>) }),
      );
      for (const node of graph.nodes.filter(isInput)) {
        const { name, role } = inputAttributes(node);
        const ones = array(node.type);
        ones.data.fill(1);
        if (role === 'parameter') executable.write(name, ones);
      }
      const ones = array(f64(...x.shape));
      ones.data.fill(1);
      const { dx } = executable.run({ x: ones });
      const support = Array.from(dx!.data, (value) => (value > 0 ? 1 : 0));
      expect([...mask.data], `seed ${seed * 1000 + k}, at [${at}]`).toEqual(support);
      sizes.push(graph.nodes.length);
      read.push(support.reduce<number>((count, value) => count + value, 0) / support.length);
    }
    // Neither trivial graphs nor trivial answers.
    expect(sizes.filter((size) => size > 12).length).toBeGreaterThan(500);
    expect(read.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(500);
  }, 120_000);
});
