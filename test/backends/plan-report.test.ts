import { describe, expect, it } from 'vitest';
import { compile, reference, wasmWith } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32 } from '../../src/graph/type.ts';
import { add, matmul, mul, sin } from '../../src/ops/index.ts';

describe('plan.report()', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f32(8, 8));
  const m = g.state('m', f32(8, 8));
  const next = add(m, mul(sin(x), x));
  const graph = g.build({ y: matmul(matmul(next, x), matmul(x, x)) }, { m: next });
  const executable = wasmWith({ threads: 1 }).compile(graph);
  const report = executable.plan.report();

  it('counts operations, steps and memory', () => {
    expect(report.fallbacks).toEqual([]);
    expect(executable.plan.fallbacks).toEqual([]);
    const products = report.steps.filter(({ ops }) => ops.includes('matmul'));
    expect(products.map(({ flops }) => flops)).toEqual([1024, 1024, 1024]);
    expect(report.steps.length).toBeLessThan(graph.nodes.length);
    const { memory } = report;
    expect(memory.peak).toBeLessThanOrEqual(memory.naive);
    expect(memory.reuse).toBeCloseTo(memory.naive / memory.peak);
    expect(memory.bytes).toBeGreaterThanOrEqual(memory.persistent);
    // x and m stay.
    expect(memory.persistent).toBeGreaterThanOrEqual(2 * 256);
    expect(`${report}`).toMatch(
      /^\d+ steps\nmemory .*\nkept .*\nin between .*\nviews {6}\d+ in place of copies of .*\nfallbacks {2}none$/,
    );
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ memory, fallbacks: [] });
  });

  it('goes with times per step that are those of real runs', () => {
    const other = compile(graph, { backend: reference });
    const feeds = {
      x: array(
        x,
        Array.from({ length: 64 }, (_, i) => i / 64),
      ),
    };
    for (const each of [executable, other]) each.write('m', array(m));
    const seconds = executable.timeSteps(feeds, 3);
    for (let i = 0; i < 3; i++) other.run(feeds);
    expect(seconds.length).toBe(report.steps.length);
    for (const time of seconds) expect(time).toBeGreaterThanOrEqual(0);
    const [ours, theirs] = [executable.read('m').data, other.read('m').data];
    for (const [i, value] of theirs.entries()) expect(ours[i]).toBeCloseTo(value, 5);
  });
});
