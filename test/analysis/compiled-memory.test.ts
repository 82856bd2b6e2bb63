import { describe, expect, it } from 'vitest';
import { compiledMemoryOf, memoryOf } from '../../src/analysis/index.ts';
import { grad } from '../../src/autodiff/index.ts';
import { compile, type WasmExecutable, wasmWith } from '../../src/backends/index.ts';
import type { Lifetime } from '../../src/backends/wasm/plan/arena.ts';
import { packed } from '../../src/backends/wasm/plan/packing.ts';
import { Random } from '../../src/check/random.ts';
import { f32, type Graph, GraphBuilder, i32, type Tensor } from '../../src/graph/index.ts';
import { crossEntropy, square, sum } from '../../src/index.ts';
import { adam, declareParameters, makeNet, nets, trainStep } from '../../src/nn/index.ts';
import { randomNet } from './random-net.ts';

// SEED=7 draws others.
const seed = 1000 * Number(process.env.SEED ?? 1);

/** The arena of the executable that would run, not of a plan beside it. */
function arenaOf(graph: Graph): number {
  const executable = compile(graph, { backend: wasmWith({ threads: 1 }) }) as WasmExecutable;
  const { memory } = executable.plan.report();
  executable.close();
  return memory.bytes;
}

/** How far the arena is from what liveness predicts, as a share. */
function gap(graph: Graph): number {
  const { predicted, arena } = compiledMemoryOf(graph);
  return Math.abs(arena / predicted - 1);
}

describe('compiledMemoryOf', () => {
  it('predicts the arena within 2 % on random graphs', () => {
    for (let k = 0; k < 150; k++) {
      const g = new GraphBuilder();
      const { x, y } = randomNet(g, seed + k);
      const dx = grad(sum(square(y as Tensor<number[], 'f64'>)), x as Tensor<number[], 'f64'>);
      for (const graph of [g.build({ y }), g.build({ dx, y })])
        expect(gap(graph), `net of seed ${seed + k}`).toBeLessThan(0.02);
    }
  });

  it.each(Object.keys(nets))('predicts the arena of %s within 2 %, forward and in training', (name) => {
    const net = makeNet(name, { inChannels: 2, classes: 3, width: 4 });
    const [x, target] = [f32(2, 2, 64, 64), i32(2, 64, 64)];
    const g = new GraphBuilder();
    const forward = g.build({ y: net.apply(g.input('x', x), declareParameters(g, net.parameterTypes)) });
    const training = trainStep({
      net,
      optimizer: adam(),
      x,
      target,
      loss: (logits, truth) => crossEntropy(logits, truth as Tensor<number[], 'i32'>),
    }).graph;
    for (const graph of [forward, training]) expect(gap(graph)).toBeLessThan(0.02);
    expect(compiledMemoryOf(training).peak).toBeGreaterThan(compiledMemoryOf(forward).peak);
    // What is fused is in no memory, what kernels prepare is: both ways of counting speak of the same values.
    expect(memoryOf(training).total / compiledMemoryOf(training).arena).toBeGreaterThan(0.3);
  });

  it('speaks of the arena that runs', () => {
    const g = new GraphBuilder();
    const { y } = randomNet(g, seed);
    const graph = g.build({ y });
    const told = compiledMemoryOf(graph);
    expect(told.arena).toBe(arenaOf(graph));
    expect(Math.max(...told.steps.map(({ live }) => live))).toBe(told.peak);
  });
});

describe('packing', () => {
  it('never lets blocks overlap that are needed at once, and wastes little', () => {
    let [taken, needed] = [0, 0];
    for (let k = 0; k < 100; k++) {
      const random = new Random(seed + k, 'packing');
      const lifetimes = Array.from({ length: random.integer(0, 1, 40) }, (_, i): Lifetime => {
        const from = random.integer(3 * i + 1, 0, 60);
        return { bytes: 64 * random.integer(3 * i + 2, 1, 50), from, to: from + random.integer(3 * i + 3, 1, 20) };
      });
      const places = packed(lifetimes);
      const end = Math.max(...lifetimes.map(({ bytes }, i) => places[i]! + bytes));
      lifetimes.forEach((a, i) => {
        lifetimes.slice(0, i).forEach((b, j) => {
          const together = a.from < b.to && b.from < a.to;
          if (together) expect(places[i]! + a.bytes <= places[j]! || places[j]! + b.bytes <= places[i]!).toBe(true);
        });
      });
      const widest = Math.max(
        ...lifetimes.map(({ from }) =>
          lifetimes.reduce((live, { bytes, ...at }) => (at.from <= from && from < at.to ? live + bytes : live), 0),
        ),
      );
      expect(end).toBeGreaterThanOrEqual(widest);
      taken += end;
      needed += widest;
    }
    // Lifetimes without any order are harder than those of programs.
    expect(taken / needed).toBeLessThan(1.05);
  });
});
