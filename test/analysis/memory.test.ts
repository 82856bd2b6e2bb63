import { describe, expect, it } from 'vitest';
import { memoryOf } from '../../src/analysis/index.ts';
import { checkpoint, grad } from '../../src/autodiff/index.ts';
import { compile, type WasmExecutable, wasmWith } from '../../src/backends/index.ts';
import { bytesPerElement, f32, f64, type Graph, GraphBuilder, nodesById, type Tensor } from '../../src/graph/index.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { add, constant, conv2d, exp, mean, mul, sin, square, sum } from '../../src/index.ts';
import { adam, declareParameters, makeNet, trainStep } from '../../src/nn/index.ts';
import { randomNet } from './random-net.ts';

/** The widest moment by definition: at each node, all that were made by then and that somebody reads from then on. */
function widest(graph: Graph): number {
  const nodes = graph.nodes.filter(({ inputs }) => Object.keys(inputs).length > 0);
  const ends = new Set(Object.values(graph.outputs));
  const moments = nodes.map((_, now) =>
    nodes
      .slice(0, now + 1)
      .filter(
        ({ id }, i) => i === now || ends.has(id) || nodes.slice(now).some((n) => Object.values(n.inputs).includes(id)),
      )
      .reduce((bytes, { type }) => bytes + bytesPerElement[type.dtype] * sizeOf(type.shape), 0),
  );
  return Math.max(0, ...moments);
}

describe('memoryOf', () => {
  it('a chain holds two values at a time, a skip three', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(100));
    const chain = memoryOf(g.build({ y: exp(sin(exp(sin(x)))) }));
    expect(chain).toMatchObject({ peak: 1600, every: 3200, total: 2400, kept: { input: 800, parameter: 0 } });
    const first = sin(x);
    expect(memoryOf(g.build({ y: add(first, exp(sin(exp(first)))) })).peak).toBe(2400);
  });

  it('is the widest moment on random graphs', () => {
    for (let seed = 0; seed < 60; seed++) {
      const g = new GraphBuilder();
      const { x, y } = randomNet(g, seed);
      const dx = grad(sum(square(y as Tensor<number[], 'f64'>)), x as Tensor<number[], 'f64'>);
      for (const graph of [g.build({ y }), g.build({ dx, y })]) expect(memoryOf(graph).peak).toBe(widest(graph));
    }
  });

  it('keeps constants, but no numbers that are repeated', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(4));
    const table = constant(g, f64(4), [1, 2, 3, 4]);
    expect(memoryOf(g.build({ y: add(mul(x, 3), table) })).kept).toEqual({
      input: 32,
      parameter: 0,
      state: 0,
      constant: 32,
    });
  });

  it('halves with half the bytes', () => {
    const g = new GraphBuilder();
    const graph = g.build({ y: conv2d(g.input('x', f32(1, 2, 8, 8)), g.parameter('w', f32(4, 2, 3, 3))) });
    const [single, half, quarter] = [4, 2, 1].map((floatBytes) => memoryOf(graph, { floatBytes }));
    expect(memoryOf(graph)).toEqual(single);
    expect(half!.total * 2).toBe(single!.total);
    expect(quarter!.total * 4).toBe(single!.total);
    // H·W·C·bytes and k²·C·C_out·bytes.
    expect(single!.notes).toEqual({ features: 4 * 4 * 36, weights: 4 * 72, forward: 864, training: 2592 });
  });

  it('checkpoints trade memory for time', () => {
    const build = (wrap: boolean) => {
      const g = new GraphBuilder();
      const x = g.input('x', f64(1000));
      const block = (t: Tensor<readonly [1000], 'f64'>) => sin(mul(exp(sin(t)), sin(exp(t))));
      let y = x;
      for (let k = 0; k < 6; k++) y = wrap ? checkpoint({ t: y }, ({ t }) => block(t)) : block(y);
      return memoryOf(g.build({ dx: grad(sum(y), x) }));
    };
    expect(build(true).peak).toBeLessThan(0.6 * build(false).peak);
  });

  it('a training step of a U-Net: activations kept, two moments per weight', () => {
    const net = makeNet('unet', { inChannels: 1, classes: 3, width: 4, depth: 2 });
    const types = { x: f32(2, 1, 32, 32), target: f32(2, 3, 32, 32) };
    const step = trainStep({
      ...types,
      net,
      optimizer: adam(),
      loss: (y, target) => mean(square(add(y, mul(target as Tensor<number[], 'f32'>, -1)))),
    });
    const g = new GraphBuilder();
    const scores = net.apply(g.input('x', types.x), declareParameters(g, net.parameterTypes));
    const [forward, training] = [memoryOf(g.build({ scores })), memoryOf(step.graph)];
    const weights = Object.values(net.parameterTypes).reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
    expect(forward.kept.parameter).toBe(weights);
    expect(training.kept.parameter).toBe(weights);
    expect(training.kept.state).toBeGreaterThanOrEqual(2 * weights);
    expect(training.kept.state).toBeLessThan(2 * weights + 1000);
    expect(training.peak).toBeGreaterThan(1.5 * forward.peak);
    expect(nodesById(step.graph).has(training.peakAt!)).toBe(true);

    const executable = compile(step.graph, { backend: wasmWith({ threads: 1 }) }) as WasmExecutable;
    const { memory } = executable.plan.report();
    executable.close();
    // What is kept is the same, but for what kernels read beside it and the gaps between.
    const kept = training.kept.input + training.kept.parameter + training.kept.state;
    expect(memory.persistent).toBeGreaterThanOrEqual(kept);
  });
});
