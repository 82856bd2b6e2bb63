import { describe, expect, it } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { reference } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32 } from '../../src/graph/type.ts';
import { add, constant, div, exp, maximum, mul, sub, sum } from '../../src/ops/index.ts';
import { firstFault } from '../../src/train/first-fault.ts';

describe('the first fault', () => {
  it('lies on the way back where the way there is finite', () => {
    const g = new GraphBuilder();
    const p = g.parameter('p', f32(3));
    const loss = sum(div(1, p));
    const lines = firstFault(
      g.build({ loss, gradient: grad(loss, { p }).p! }),
      { p: array(f32(3), [1, 1e-25, 2]) },
      {},
      reference,
    );
    expect(lines[0]).toMatch(/first at {3}f32\[3\] .* (div|mul|square)/);
    expect(lines.slice(1).join()).toMatch(/its \w+ lies between 0\.5 and [\d.]+e\+2[45]/);
  });

  it('is the infinity that became NaN, not the NaN', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(2));
    const large = exp(x);
    const lines = firstFault(g.build({ y: sub(large, add(large, 1)) }), {}, { x: array(f32(2), [0, 100]) }, reference);
    expect(lines).toEqual([expect.stringMatching(/first at {3}f32\[2\] .* exp/), 'its x lies between 0 and 100']);
  });

  it('is an input where that is what was wrong', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(2));
    const lines = firstFault(g.build({ y: exp(x) }), {}, { x: array(f32(2), [0, Number.NaN]) }, reference);
    expect(lines).toEqual([expect.stringContaining('input "x"')]);
  });

  it('is no infinity that goes nowhere', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(1));
    const lowest = constant(g, f32(1), [Number.NEGATIVE_INFINITY]);
    const graph = g.build({ y: exp(maximum(x, lowest)), z: mul(x, 3) });
    expect(firstFault(graph, {}, { x: array(f32(1), [1]) }, reference)).toEqual([]);
    const lines = firstFault(graph, {}, { x: array(f32(1), [100]) }, reference);
    expect(lines[0]).toMatch(/exp/);
  });
});
