import { describe, expect, it } from 'vitest';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32, f64 } from '../../src/graph/type.ts';
import { add, mul, sub } from '../../src/ops/index.ts';

const counter = () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(2));
  const a = g.state('a', f64(2));
  const b = g.state('b', f64(2));
  return compile(g.build({ sum: add(add(a, b), x) }, { a: b, b: add(a, x) }));
};

describe('an executable', () => {
  it('replaces states by their updates after each run, all at once', () => {
    const exe = counter();
    exe.write('a', array(f64(2), [1, 2]));
    exe.write('b', array(f64(2), [10, 20]));
    const x = array(f64(2), [100, 100]);
    expect(Array.from(exe.run({ x }).sum!.data)).toEqual([111, 122]);
    expect(Array.from(exe.read('a').data)).toEqual([10, 20]);
    expect(Array.from(exe.read('b').data)).toEqual([101, 102]);
  });

  it('hands out copies: outputs and states stay what they were', () => {
    const exe = counter();
    const start = array(f64(2), [1, 2]);
    exe.write('a', start);
    exe.write('b', start);
    const x = array(f64(2), [1, 1]);
    const first = exe.run({ x }).sum!;
    const kept = Array.from(first.data);
    exe.run({ x });
    expect(Array.from(first.data)).toEqual(kept);
    expect(Array.from(start.data)).toEqual([1, 2]);
  });

  it('reuses buffers without mixing values up', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(4));
    let y: ReturnType<typeof add> = x;
    const early = mul(x, 3);
    for (let i = 1; i <= 50; i++) y = i % 2 === 0 ? add(y, x) : sub(y, mul(early, i));
    const graph = g.build({ y, early });
    const expected = [1, 2, 3, 4].map((v) => {
      let value = v;
      for (let i = 1; i <= 50; i++) value = i % 2 === 0 ? value + v : value - 3 * v * i;
      return value;
    });
    expect(Array.from(compile(graph).run({ x: array(f64(4), [1, 2, 3, 4]) }).y!.data)).toEqual(expected);
  });

  it('refuses feeds that are missing, unknown or of another type, all in one message', () => {
    const g = new GraphBuilder();
    const exe = compile(g.build({ y: add(g.input('a', f32(2)), g.input('b', f32(2))) }));
    expect(() => exe.run({ a: array(f32(3)), c: array(f32(1)) })).toThrow(
      /run\/inputs[\s\S]*missing: b f32\[2\][\s\S]*unknown: c[\s\S]*a is f32\[2\], fed f32\[3\]/,
    );
  });

  it('refuses to run before its states are written, and after it was closed', () => {
    const exe = counter();
    const x = array(f64(2));
    expect(() => exe.run({ x })).toThrow(/run\/state: 'a' has no value yet/);
    expect(() => exe.write('c', x)).toThrow(/no parameter or state 'c'[\s\S]*a, b/);
    expect(() => exe.write('a', array(f64(3)))).toThrow(/f64\[2\].*f64\[3\]/);
    exe.close();
    expect(() => exe.run({ x })).toThrow(/run\/closed/);
  });
});
