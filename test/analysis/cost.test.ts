import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, headAlternatives, type ScopeCost, separableAlternatives } from '../../src/analysis/index.ts';
import { valueAndGrad } from '../../src/autodiff/index.ts';
import { type AnyOp, array, f32, f64, GraphBuilder, type Type } from '../../src/graph/index.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import { add, conv2d, convTranspose2d, mean, square } from '../../src/index.ts';
import { declareParameters, makeNet } from '../../src/nn/index.ts';
import { matmulOp } from '../../src/ops/linear/matmul.ts';
import { convOp } from '../../src/ops/window/conv.ts';
import { linearWindowsOp } from '../../src/ops/window/linear-windows.ts';
import { rowsOf, tableOf } from '../../src/ops/window/weight-table.ts';

/** How many products the reference kernel adds up: with ones everywhere, its result is their number. */
function counted(op: AnyOp, types: { readonly [name: string]: Type }, attributes: object): number {
  const ones = Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, array(type, new Array(sizeOf(type.shape)).fill(1))]),
  );
  const y = array(op.infer(types, attributes));
  op.kernel(ones, attributes, y);
  return Array.from(y.data).reduce((sum, value) => sum + value, 0);
}

const declared = (op: AnyOp, types: { readonly [name: string]: Type }, attributes: object) =>
  op.multiplyAdds!({ ...types, y: op.infer(types, attributes) }, attributes);

describe('multiplyAdds', () => {
  it.each([convOp, matmulOp])('of $name: what the reference kernel adds up, at most the formula', (op) =>
    fc.assert(
      fc.property((op as AnyOp).cases(fc), ({ types, attributes }) => {
        const { exact, formula } = declared(op, types, attributes);
        expect(exact).toBe(counted(op, types, attributes));
        if (op === matmulOp) expect(formula).toBe(exact);
      }),
      { numRuns: 300 },
    ),
  );

  it('of linearWindows: with weights of one, what the reference kernel adds up', () =>
    fc.assert(
      fc.property(linearWindowsOp.cases(fc), ({ types, attributes: { axis, table } }) => {
        const rows = rowsOf(table).map((row) => row.map(([source]): [number, number] => [source, 1]));
        const attributes = { axis, table: tableOf(rows) };
        expect(declared(linearWindowsOp, types, attributes).exact).toBe(counted(linearWindowsOp, types, attributes));
      }),
    ));
});

const geometry = fc.record({
  n: fc.integer({ min: 1, max: 2 }),
  inputs: fc.integer({ min: 1, max: 4 }),
  outputs: fc.integer({ min: 1, max: 4 }),
  size: fc.integer({ min: 4, max: 9 }),
  kernel: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.integer({ min: 0, max: 2 }),
});

describe('costOf', () => {
  it('a convolution with bias: the papers’ formula, and the notes’', () =>
    fc.assert(
      fc.property(geometry, ({ n, inputs, outputs, size, kernel, stride, padding }) => {
        const g = new GraphBuilder();
        const w = g.parameter('w', f64(outputs, inputs, kernel, kernel));
        const y = conv2d(g.input('x', f64(n, inputs, size, size)), w, { stride, padding });
        const graph = g.build({ y: add(y, g.parameter('b', f64(1, outputs, 1, 1))) });
        const elements = sizeOf(y.shape);
        const macs = elements * kernel ** 2 * inputs;
        const byFormula = costOf(graph, { convention: 'formula' }).total;
        expect([byFormula.macs, byFormula.flops]).toEqual([macs, 2 * macs + elements]);
        const bySeed = costOf(graph, { convention: 'seed' }).total;
        expect(bySeed.flops).toBe(elements * (kernel ** 2 * inputs + 1));
        expect(bySeed.macs).toBe(bySeed.flops / 2);
        const exact = costOf(graph).total;
        expect(exact.flops).toBe(2 * exact.macs + elements);
        // Only padding makes a difference, and it can only take away.
        if (padding === 0) expect(exact.macs).toBe(macs);
        expect(exact.macs).toBeLessThanOrEqual(macs);
        expect(exact.parameters).toEqual({
          count: outputs * inputs * kernel ** 2 + outputs,
          bytes: 8 * (outputs * inputs * kernel ** 2 + outputs),
        });
      }),
    ));

  it('a transposed convolution: every input element times every tap', () =>
    fc.assert(
      fc.property(geometry, ({ n, inputs, outputs, size, kernel, stride }) => {
        const g = new GraphBuilder();
        const w = g.parameter('w', f64(inputs, outputs, kernel, kernel));
        const y = convTranspose2d(g.input('x', f64(n, inputs, size, size)), w, { stride });
        const graph = g.build({ y });
        const macs = n * inputs * outputs * (size * kernel) ** 2;
        expect(costOf(graph).total.macs).toBe(macs);
        if (stride > 1) expect(costOf(graph, { convention: 'formula' }).total.macs).toBe(macs);
      }),
    ));

  it('moves every operand and result once, by dtype', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(3, 5));
    const { total, bytes } = costOf(g.build({ y: square(x), unused: x }));
    expect(total).toMatchObject({ flops: 15, macs: 0, read: 60, written: 60, intensity: 15 / 120 });
    expect(bytes).toEqual({ f32: 120 });
  });

  it('scopes of a U-Net add up, and its parameters are those declared', () => {
    const net = makeNet('unet', { inChannels: 1, classes: 3, width: 4, depth: 2 });
    const g = new GraphBuilder();
    const parameters = declareParameters(g, net.parameterTypes);
    const scores = net.apply(g.input('x', f32(1, 1, 16, 16)), parameters);
    const forward = costOf(g.build({ scores }));
    const { count, bytes } = forward.total.parameters;
    expect(count).toBe(Object.values(net.parameterTypes).reduce((sum, { shape }) => sum + sizeOf(shape), 0));
    expect(bytes).toBe(4 * count);
    const check = (scope: ScopeCost): void => {
      for (const key of ['macs', 'flops', 'read', 'written'] as const)
        expect(scope[key]).toBe([...scope.scopes, ...scope.nodes].reduce((sum, cost) => sum + cost[key], 0));
      for (const inner of scope.scopes) {
        expect(inner.path).toBe([scope.path, inner.name].filter((part) => part !== '').join('/'));
        check(inner);
      }
    };
    check(forward.total);
    expect(forward.total.scopes[0]!.scopes.map(({ name }) => name)).toContain('down1');
    expect(Object.values(forward.bytes).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(0);

    // A gradient by weights and one by inputs, each as much as the forward pass, but none by the images.
    const { gradients } = valueAndGrad(mean(square(scores)), parameters);
    const { macs } = costOf(g.build({ ...gradients, scores })).total;
    expect(macs / forward.total.macs).toBeGreaterThan(2.5);
    expect(macs / forward.total.macs).toBeLessThan(3.1);
  });

  it('a fully-connected head against global pooling (operators.md 7)', () => {
    const { dense, sparse, parameterRatio } = headAlternatives({ channels: 512, height: 7, width: 7, classes: 1000 });
    expect(dense.total.parameters.count).toBe(7 * 7 * 512 * 1000 + 1000);
    expect(sparse.total.parameters.count).toBe(512 * 1000 + 1000);
    expect(parameterRatio).toBeCloseTo(48.9, 1);
  });

  it('a full convolution against a depthwise separable one (operators.md 63, 65)', () => {
    const size = { channels: 32, outputs: 64, kernel: 3, height: 20, width: 20 };
    const { dense, sparse } = separableAlternatives(size);
    expect(dense.total.parameters.count).toBe(9 * 32 * 64);
    expect(sparse.total.parameters.count).toBe(9 * 32 + 32 * 64);
    const { macRatio } = separableAlternatives({ ...size, kernel: 1 });
    expect(macRatio).toBeCloseTo(64 / 65, 12);
    expect(dense.total.macs / sparse.total.macs).toBeGreaterThan(7);
  });
});
