import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpoint, customVjp, grad, hvp, jacobian, jvp, valueAndGrad, vjp } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { planBuffers } from '../../src/backends/reference/plan-buffers.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import { add, matmul, mul, neg, square, sub, sum, tanh } from '../../src/ops/index.ts';
import { evaluate } from './evaluate.ts';

const dyadic = fc.integer({ min: -16, max: 16 }).map((k) => k / 8);
const vector = (length: number) => fc.array(dyadic, { minLength: length, maxLength: length });

/** A map from 3 to 2 numbers, quadratic, so that central differences with step 1 are exact. */
const quadratic = (x: Tensor): Tensor => {
  const g = x.graph;
  const w = g.input('w', f64(2, 3));
  return mul(matmul(w, square(x)), 0.5);
};

describe('vjp, jvp and jacobian', () => {
  const column = f64(3, 1);

  it('agree: <u, J v> computed forwards, backwards and from the whole Jacobian is one number', () => {
    fc.assert(
      fc.property(vector(3), vector(6), vector(3), vector(2), (x, w, v, u) => {
        const g = new GraphBuilder();
        const X = g.input('x', column);
        const V = g.input('v', column);
        const y = quadratic(X);
        const U = g.input('u', f64(2, 1));
        const feeds = { x, w, v, u };
        const forward = evaluate(sum(mul(U, jvp(y, X, V))), feeds)[0];
        const backward = evaluate(sum(mul(V, vjp(y, X, U))), feeds)[0];
        const matrix = evaluate(jacobian(y, X), feeds);
        let whole = 0;
        for (let i = 0; i < 2; i++) for (let j = 0; j < 3; j++) whole += u[i]! * matrix[3 * i + j]! * v[j]!;
        expect(forward === backward && whole === backward).toBe(true);
      }),
    );
  });

  it('jacobian is the same by columns as by rows, and has shape [...y, ...x]', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2));
    const tall = mul(matmul(g.input('w', f64(5, 2)), g.input('z', f64(2, 3))), sum(square(x)));
    const byColumns = jacobian(tall, x);
    expect(byColumns.shape).toEqual([5, 3, 2]);
    const feeds = { x: [1, -2], w: Array.from({ length: 10 }, (_, i) => i - 4), z: [1, 2, 3, -1, 0, 1] };
    const numbers = evaluate(byColumns, feeds);
    // Quadratic in x: a central difference with step 1 is exact.
    for (const k of [0, 1]) {
      const at = (h: number) => evaluate(tall, { ...feeds, x: feeds.x.map((v, i) => (i === k ? v + h : v)) });
      const [up, down] = [at(1), at(-1)];
      for (const [i, value] of up.entries()) expect(numbers[2 * i + k] === (value - down[i]!) / 2).toBe(true);
    }
  });

  it('hvp is the derivative of the gradient along the direction', () => {
    fc.assert(
      fc.property(vector(3), vector(3), (x, d) => {
        const g = new GraphBuilder();
        const X = g.input('x', f64(3));
        const loss = sum(mul(square(X), X));
        const D = g.input('d', f64(3));
        const feeds = { x, d };
        const along = (h: number) => evaluate(grad(loss, X), { ...feeds, x: x.map((v, i) => v + h * d[i]!) });
        const [up, down] = [along(1), along(-1)];
        const product = evaluate(hvp(loss, X, D), feeds);
        for (const [i, value] of product.entries()) expect(value === (up[i]! - down[i]!) / 2).toBe(true);
      }),
    );
  });

  it('keep the form of what is asked: tensor, list or record', () => {
    const g = new GraphBuilder();
    const a = g.input('a', f64(2));
    const b = g.input('b', f64(2));
    const { value, gradients } = valueAndGrad(sum(mul(a, b)), { a, b });
    expect(value.shape).toEqual([]);
    expect(evaluate(gradients.a, { a: [1, 2], b: [3, 4] })).toEqual([3, 4]);
    const [da] = grad(sum(mul(a, b)), [a, b]);
    expect(evaluate(da!, { a: [1, 2], b: [3, 4] })).toEqual([3, 4]);
    expect(grad(sum(a), a).shape).toEqual([2]);
  });
});

describe('customVjp', () => {
  it('replaces the rule, and is differentiated again for higher orders', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(3));
    // "Gradient reversal": the identity forwards, minus the gradient backwards.
    const reversed = customVjp(
      { x },
      (v) => mul(v.x, 1),
      ({ ct }) => ({ x: neg(ct) }),
    );
    expect(evaluate(grad(sum(square(reversed)), x), { x: [1, 2, 3] })).toEqual([-2, -4, -6]);
    const twice = grad(sum(grad(sum(square(reversed)), x)), x);
    expect(evaluate(twice, { x: [1, 2, 3] })).toEqual([2, 2, 2]);
  });

  it('refuses a rule that forgets an input, naming it', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1));
    const w = g.input('w', f64(1));
    const y = customVjp({ x, w }, (v) => mul(v.x, v.w), (({ ct }: { ct: Tensor }) => ({ x: ct })) as never);
    expect(() => grad(sum(y), w)).toThrow(/grad\/custom-rule.*'w'/s);
  });
});

describe('checkpoint', () => {
  const deep = (x: Tensor, w: Tensor): Tensor => {
    let y = x;
    for (let i = 0; i < 12; i++) y = tanh(matmul(y, sub(w, i / 16)));
    return y;
  };
  const build = (recompute: boolean) => {
    const g = new GraphBuilder();
    const w = g.input('w', f64(8, 8));
    let y: Tensor = g.input('x', f64(8, 8));
    for (let block = 0; block < 6; block++)
      y = recompute ? checkpoint({ y, w }, (v) => deep(v.y, v.w)) : deep(y, add(w, 0));
    const loss = sum(square(y));
    return g.build({ loss, dw: grad(loss, w) });
  };
  const bytes = (graph: ReturnType<typeof build>) =>
    [...new Set(planBuffers(graph).values())].reduce((total, data) => total + data.byteLength, 0);

  it('gives the same bits with less memory', () => {
    const feeds = {
      w: array(
        f64(8, 8),
        Array.from({ length: 64 }, (_, i) => Math.sin(i)),
      ),
      x: array(
        f64(8, 8),
        Array.from({ length: 64 }, (_, i) => Math.cos(i)),
      ),
    };
    const [plain, saved] = [build(false), build(true)];
    const [a, b] = [compile(plain).run(feeds), compile(saved).run(feeds)];
    expect(b.loss!.item()).toBe(a.loss!.item());
    // Gradients are summed block by block instead of layer by layer, so in another order.
    for (const [i, value] of b.dw!.data.entries()) expect(value).toBeCloseTo(a.dw!.data[i]!, 10);
    expect(bytes(saved)).toBeLessThan(0.6 * bytes(plain));
  });
});
