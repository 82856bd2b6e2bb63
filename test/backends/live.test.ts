import { describe, expect, it } from 'vitest';
import { type Backend, compile, reference, wasmWith } from '../../src/backends/index.ts';
import { f64, GraphBuilder } from '../../src/graph/index.ts';
import { array } from '../../src/graph/nd-array.ts';
import { add, mul } from '../../src/ops/index.ts';

const backends: { readonly [name: string]: Backend } = { reference, wasm: wasmWith({ threads: 1 }) };

describe.each(Object.entries(backends))('live memory of %s', (_, backend) => {
  const accumulate = () => {
    const g = new GraphBuilder();
    const [x, total] = [g.input('x', f64(3)), g.state('total', f64(3))];
    const next = add(total, x);
    const executable = compile(g.build({ doubled: mul(x, 2), x, total, next }, { total: next }), { backend });
    executable.write('total', array(f64(3), [10, 20, 30]));
    return executable;
  };

  it('shows what run gives, in the same arrays every time', () => {
    const [executable, other] = [accumulate(), accumulate()];
    const { inputs, outputs, run } = executable.live();
    const data = Object.values(outputs).map((value) => value.data);
    for (let k = 0; k < 3; k++) {
      inputs.x!.data.set([k, 2 * k, -k]);
      run();
      const expected = other.run({ x: array(f64(3), [k, 2 * k, -k]) });
      for (const [name, value] of Object.entries(expected)) expect(outputs[name]!.data).toEqual(value.data);
      expect(executable.read('total')).toEqual(other.read('total'));
    }
    expect(Object.values(outputs).map((value) => value.data)).toEqual(data);
    expect(Object.values(outputs).every((value, k) => value.data === data[k])).toBe(true);
  });

  it('asks for states that were never written, and runs no more once closed', () => {
    const g = new GraphBuilder();
    const graph = g.build({ y: add(g.input('x', f64(2)), g.parameter('w', f64(2))) });
    const executable = compile(graph, { backend });
    expect(() => executable.live()).toThrow('no value yet');
    executable.write('w', array(f64(2), [1, 2]));
    const { run } = executable.live();
    executable.close();
    expect(run).toThrow('was closed');
    expect(() => executable.live()).toThrow('was closed');
  });
});
