import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, f64, i32 } from '../../src/graph/type.ts';
import { randomStream } from '../../src/nn/random.ts';
import { add, alphaDropout, dropout, random, randomNormal, selu, sum } from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const values = (y: Tensor, feeds = {}): number[] => Array.from(runGraph({ y }, feeds).y.data);
const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
const variance = (list: readonly number[]): number => mean(list.map((v) => (v - mean(list)) ** 2));

describe('random', () => {
  it('gives the numbers of the stream of its seed and name', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.string(), fc.nat(9), (seed, stream, count) => {
        const { uniform } = randomStream(seed, stream);
        const drawn = values(random(new GraphBuilder(), f64(count), { seed, stream }));
        expect(drawn).toEqual(Array.from({ length: count }, uniform));
      }),
    );
  });

  it('cuts to 24 bits in f32, so that it stays below 1', () => {
    const g = new GraphBuilder();
    const { long, short } = runGraph({ long: random(g, f64(999)), short: random(g, f32(999)) }, {});
    expect(Array.from(short.data)).toEqual(Array.from(long.data, (v) => Math.floor(v * 2 ** 24) / 2 ** 24));
  });

  it('changes with the step, and replays it', () => {
    const g = new GraphBuilder();
    const step = g.state('step', i32());
    const y = random(g, f64(6), { seed: 5, step });
    const program = compile(g.build({ y }, { step: add(step, 1) }));
    program.write('step', array(i32(), [0]));
    const runs = Array.from({ length: 4 }, () => Array.from(program.run({}).y!.data));
    expect(new Set(runs.flat()).size).toBe(24);
    program.write('step', array(i32(), [2]));
    expect(Array.from(program.run({}).y!.data)).toEqual(runs[2]);
  });

  it('fills [0, 1) evenly, neighbours and steps uncorrelated', () => {
    const g = new GraphBuilder();
    const step = g.input('step', i32());
    const draw = (n: number) => values(random(g, f64(50_000), { seed: 2, step }), { step: array(i32(), [n]) });
    const [a, b] = [draw(0), draw(1)];
    expect(a.every((v) => v >= 0 && v < 1)).toBe(true);
    // Four standard errors.
    const error = 4 / Math.sqrt(50_000);
    expect(Math.abs(mean(a) - 0.5)).toBeLessThan(error * Math.sqrt(1 / 12));
    const product = (p: readonly number[], q: readonly number[]) =>
      12 * mean(p.slice(0, q.length).map((v, i) => (v - 0.5) * (q[i]! - 0.5)));
    expect(Math.abs(product(a, b))).toBeLessThan(error);
    expect(Math.abs(product(a, a.slice(1)))).toBeLessThan(error);
  });

  it('gives normal numbers with the moments of the standard normal', () => {
    const list = values(randomNormal(new GraphBuilder(), f64(50_000), { seed: 3 }));
    const error = 4 / Math.sqrt(50_000);
    expect(Math.abs(mean(list))).toBeLessThan(error);
    expect(Math.abs(variance(list) - 1)).toBeLessThan(error * Math.sqrt(2));
    expect(Math.abs(mean(list.map((v) => v ** 4)) - 3)).toBeLessThan(error * Math.sqrt(96));
  });

  it('refuses what is no draw', () => {
    const g = new GraphBuilder();
    expect(() => random(g, i32(2) as never)).toThrow(/random\/dtype/);
    expect(() => random(g, f64(2), { seed: 0.5 })).toThrow(/random\/seed/);
    expect(() => random(g, f64(2), { step: g.input('x', f64()) as never })).toThrow(/random\/step/);
  });
});

describe('dropout', () => {
  const ones = (n: number): number[] => new Array<number>(n).fill(1);

  it.each([0, 0.25, 0.5, 1])('at rate %d keeps the mean and drops that share', (rate) => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(20_000));
    const y = values(dropout(x, { rate, seed: 1 }), { x: array(x, ones(20_000)) });
    const dropped = y.filter((v) => v === 0).length / y.length;
    expect(Math.abs(dropped - rate)).toBeLessThanOrEqual(4 * Math.sqrt((rate * (1 - rate)) / 20_000));
    for (const v of y) if (v !== 0) expect(v).toBe(1 / (1 - rate));
  });

  it('drops the same elements in both directions and in every replay', () => {
    const g = new GraphBuilder();
    const [x, step] = [g.input('x', f64(50)), g.input('step', i32())];
    const y = dropout(x, { step });
    const ct = grad(sum(y) as Tensor<[], 'f64'>, x);
    const run = (n: number) => runGraph({ y, ct }, { x: array(x, ones(50)), step: array(i32(), [n]) });
    const [first, again, other] = [run(1), run(1), run(2)];
    expect(first.ct.data).toEqual(first.y.data);
    expect(again.y.data).toEqual(first.y.data);
    expect(other.y.data).not.toEqual(first.y.data);
  });

  it('differs between tensors and between seeds, not between calls', () => {
    const g = new GraphBuilder();
    const [a, b] = [g.input('a', f64(60)), g.input('b', f64(60))];
    expect(dropout(a)).toBe(dropout(a));
    const feeds = { a: array(a, ones(60)), b: array(b, ones(60)) };
    const { one, two, three } = runGraph({ one: dropout(a), two: dropout(b), three: dropout(a, { seed: 1 }) }, feeds);
    expect(two.data).not.toEqual(one.data);
    expect(three.data).not.toEqual(one.data);
  });

  it('drops whole channels', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(20, 10, 3));
    const y = values(dropout(x, { channels: true }), { x: array(x, ones(600)) });
    for (let c = 0; c < 200; c++) expect(new Set(y.slice(3 * c, 3 * c + 3)).size).toBe(1);
    expect(new Set(y)).toEqual(new Set([0, 2]));
  });

  it('alphaDropout keeps mean 0 and variance 1', () => {
    const g = new GraphBuilder();
    const x = randomNormal(g, f64(40_000), { stream: 'x' });
    const y = values(alphaDropout(x, { rate: 0.3 }));
    const error = 4 / Math.sqrt(40_000);
    expect(Math.abs(mean(y))).toBeLessThan(error);
    expect(Math.abs(variance(y) - 1)).toBeLessThan(2 * error);
    // What is dropped stands where selu tends to.
    const [floor] = values(selu(add(g.input('low', f64(1)), 0)), { low: array(f64(1), [-1e3]) });
    expect(floor).toBeCloseTo(-1.7580993408473766, 12);
  });

  it('refuses rates that are none and channels that are not there', () => {
    const x = new GraphBuilder().input('x', f64(3));
    expect(() => dropout(x, { rate: 1.5 })).toThrow(/dropout\/rate/);
    expect(() => dropout(x, { channels: true })).toThrow(/dropout\/channels/);
  });
});
