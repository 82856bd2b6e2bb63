import { describe, expect, it } from 'vitest';
import { valueAndGrad } from '../../src/autodiff/index.ts';
import { compile, reference, wasm } from '../../src/backends/index.ts';
import { plan } from '../../src/backends/wasm/plan/plan.ts';
import { array, f32, type Graph, GraphBuilder, i32 } from '../../src/graph/index.ts';
import { adam } from '../../src/nn/index.ts';
import * as o from '../../src/ops/index.ts';

const names = (graph: Graph): string[] =>
  plan(graph).steps.map(({ nodes }) => nodes.map(({ op }) => op.name).join(' '));

describe('fusion', () => {
  it('adds a bias per channel, applies ReLU and keeps its mask in one loop', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(2, 3, 5, 7));
    const b = g.input('b', f32(3, 1, 1));
    const y = o.relu(o.add(x, b));
    expect(names(g.build({ y, mask: o.greater(y, 0) }))).toHaveLength(1);
  });

  it('takes one loop for all parameters in a step of Adam, and one for the numbers that they share', () => {
    const g = new GraphBuilder();
    const optimizer = adam();
    const types = { w: f32(64, 33), v: f32(7) };
    const parameters = { w: g.parameter('w', types.w), v: g.parameter('v', types.v) };
    const gradients = { w: g.input('dw', types.w), v: g.input('dv', types.v) };
    const stateTypes = Object.entries(optimizer.stateTypes(types));
    const state = Object.fromEntries(stateTypes.map(([name, type]) => [name, g.state(name, type)]));
    const next = optimizer.step({ parameters, gradients, state, learningRate: g.input('rate', f32()) });
    const graph = g.build({}, { ...next.parameters, ...next.state });
    const planned = plan(graph);
    expect(planned.steps).toHaveLength(2);
    // Parameters and states are written where they lie: nothing is copied after a run.
    for (const [name, id] of Object.entries(graph.updates))
      expect(planned.operands.get(id)!.address, name).toBe(planned.operands.get(graph.inputs[name]!)!.address);
  });

  it('adds up a loss without writing its terms', () => {
    const g = new GraphBuilder();
    const [x, target] = [g.input('x', f32(8, 100)), g.input('target', f32(8, 100))];
    const loss = o.sum(o.square(o.sub(x, target)));
    const { value, gradients } = valueAndGrad(loss, { x });
    const planned = plan(g.build({ value, ...gradients }));
    expect(planned.steps).toHaveLength(1);
    expect(planned.naive).toBeLessThan(2 * 4 * 8 * 100);
  });

  it('computes the exponentials of a softmax and their sum together', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(2, 3, 40));
    const e = o.exp(o.neg(x));
    expect(names(g.build({ y: o.div(e, o.sum(e, { axes: 1, keepDims: true })) }))).toEqual(['neg exp sum', 'div']);
  });

  it('keeps apart what has to run before and after something else', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(6, 6));
    const a = o.exp(x);
    const y = o.add(a, o.mul(o.matmul(a, x), 2));
    const graph = g.build({ y });
    expect(names(graph)).toEqual(['exp', 'matmul', 'mul add']);
  });

  it('does not write over a state that is still read, leaves the program or moves to another', () => {
    const g = new GraphBuilder();
    const [p, q, r] = (['p', 'q', 'r'] as const).map((name) => g.state(name, f32(5)));
    const next = o.add(p!, 1);
    const product = o.sum(o.mul(o.broadcastTo(o.reshape(p!, [5, 1]), [5, 5]), o.mul(next, 2)), { axes: 1 });
    const graph = g.build({ product, before: r! }, { p: next, q: p!, r: o.add(r!, q!) });
    const [ours, theirs] = [compile(graph, { backend: wasm }), compile(graph, { backend: reference })];
    for (const executable of [ours, theirs])
      for (const name of ['p', 'q', 'r']) executable.write(name, array(f32(5), [1, 2, 3, 4, name.charCodeAt(0)]));
    for (let run = 0; run < 3; run++) expect(ours.run()).toEqual(theirs.run());
    for (const name of ['p', 'q', 'r']) expect(ours.read(name)).toEqual(theirs.read(name));
    ours.close();
  });

  it('does the same with values of many sizes in one loop, unless one reads what another writes', () => {
    const g = new GraphBuilder();
    const rate = g.input('rate', f32());
    const sizes = [3, 5000, 17, 17, 4096, 2, 9];
    const states = sizes.map((size, k) => g.state(`p${k}`, f32(size)));
    const steps = states.map((p, k) => o.add(o.mul(p, rate), k === 2 || k === 3 ? states[5 - k]! : o.abs(p)));
    const doubled = sizes.map((size, k) => o.mul(g.input(`x${k}`, f32(size)), 2));
    const graph = g.build(
      Object.fromEntries(doubled.map((x, k) => [`y${k}`, x])),
      Object.fromEntries(steps.map((next, k) => [`p${k}`, next])),
    );
    const planned = plan(graph);
    const joined = planned.steps.filter(({ kernel }) => kernel?.addresses !== undefined);
    expect(joined.length).toBeGreaterThan(0);
    expect(planned.steps.length).toBeLessThan(8);
    const values = (size: number, k: number): number[] => Array.from({ length: size }, (_, i) => ((i * 7 + k) % 9) - 4);
    const feeds = Object.fromEntries(sizes.map((size, k) => [`x${k}`, array(f32(size), values(size, k))]));
    const [ours, theirs] = [compile(graph, { backend: wasm }), compile(graph, { backend: reference })];
    for (const executable of [ours, theirs])
      for (const [k, size] of sizes.entries()) executable.write(`p${k}`, array(f32(size), values(size, k + 3)));
    for (let run = 0; run < 3; run++) {
      const inputs = { ...feeds, rate: array(f32(), [0.5]) };
      expect(ours.run(inputs)).toEqual(theirs.run(inputs));
    }
    for (const k of sizes.keys()) expect(ours.read(`p${k}`)).toEqual(theirs.read(`p${k}`));
    ours.close();
  });

  it('plans chains of ten thousand nodes', () => {
    const g = new GraphBuilder();
    let x = g.input('x', i32(3)) as ReturnType<typeof o.neg>;
    for (let k = 0; k < 10_000; k++) x = k % 2 === 0 ? o.neg(x) : o.abs(x);
    const executable = compile(g.build({ x }), { backend: wasm });
    expect(executable.run({ x: array(i32(3), [1, -2, 3]) }).x!.data).toEqual(new Int32Array([1, 2, 3]));
    executable.close();
  });
});
