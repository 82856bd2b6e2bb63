import { describe, expect, it } from 'vitest';
import { customVjp } from '../../src/autodiff/index.ts';
import { backends } from '../../src/backends/index.ts';
import { checkKinks, GradcheckError, gradcheck, gradchecker, proofsOf, proveOperator } from '../../src/check/index.ts';
import { CotangentError } from '../../src/graph/error.ts';
import { type AnyOp, type Op, zero } from '../../src/graph/op.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import { defineOp } from '../../src/ops/define.ts';
import { add, exp, mul, ops, transpose } from '../../src/ops/index.ts';
import { absOp } from '../../src/ops/pointwise/abs.ts';
import { floorOp } from '../../src/ops/pointwise/floor.ts';
import { mulOp } from '../../src/ops/pointwise/mul.ts';
import { subOp } from '../../src/ops/pointwise/sub.ts';
import { transposeOp } from '../../src/ops/shape/transpose.ts';

/** Someone's own operator: y = x·|x|, twice differentiable but for the kink at 0. */
const signedSquare: Op<'x'> = defineOp('signedSquare', {
  doc: 'x·|x|, element by element.',
  infer: ({ x }) => x,
  kernel: ({ x }, _, y) => {
    for (let i = 0; i < y.data.length; i++) y.data[i] = x.data[i]! * Math.abs(x.data[i]!);
  },
  vjp: { x: ({ x, ct }) => mul(ct, mul(2, absOp({ x }, {}))) },
  degree: { x: 2 },
  cases: (fc) =>
    fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }).map((shape) => ({
      types: { x: f64(...shape) },
      attributes: {},
      draw: { x: { kind: 'between' } },
    })),
  flops: ({ y }) => 2 * y.shape.reduce((a, b) => a * b, 1),
  example: (g) => signedSquare({ x: g.input('x', f64(2)) }, {}),
});

const altered = <I extends string, A extends object>(op: Op<I, A>, changes: Partial<AnyOp>): AnyOp => ({
  ...(op as AnyOp),
  name: op.name,
  ...changes,
});
const errorOf = (f: () => unknown): CotangentError => {
  try {
    f();
  } catch (error) {
    if (error instanceof CotangentError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('proveOperator', () => {
  it('proves a user’s operator as it does the shipped ones', () => {
    const proof = proveOperator(signedSquare as AnyOp, { ops: { ...ops, signedSquare: signedSquare as AnyOp } });
    expect(proof).toMatchObject({ order: 3, cases: 60, mutants: { survivors: [] } });
    expect(proof.tally.exact).toBeGreaterThan(1000);
  });

  it.each<[string, AnyOp, string]>([
    ['a degree declared too low', altered(signedSquare, { degree: { x: 1 } }), 'gradcheck/degree'],
    ['a degree declared too high', altered(mulOp, { degree: { a: 1, b: 2 } }), 'gradcheck/degree'],
    ['smooth declared for a polynomial', altered(mulOp, { degree: { a: 'smooth', b: 1 } }), 'gradcheck/degree'],
    ['a rule without a degree', altered(mulOp, { degree: { a: 1 } }), 'gradcheck/record'],
    [
      'a zero that is none',
      altered(signedSquare, { vjp: { x: zero('wishful') }, degree: { x: 0 } }),
      'gradcheck/degree',
    ],
    ['a zero without a degree', altered(floorOp, { degree: {} }), 'gradcheck/record'],
    ['no reason given', altered(floorOp, { vjp: { x: zero('') } }), 'gradcheck/record'],
    [
      'a kernel that changes its input',
      altered(mulOp, {
        kernel: ({ a }, _, y) => {
          y.data.set(a!.data);
          a!.data[0] = 9;
        },
      }),
      'gradcheck/case',
    ],
    [
      'a kernel with moods',
      altered(mulOp, {
        kernel: (_, __, y) => {
          y.data.fill(Math.random());
        },
      }),
      'gradcheck/case',
    ],
    [
      'an inference that its kernel leaves unfilled',
      altered(mulOp, {
        kernel: (_, __, y) => {
          y.data.fill(Number.NaN);
        },
      }),
      'gradcheck/case',
    ],
    [
      'a kernel that writes outside its result',
      altered(mulOp, {
        kernel: ({ a, b }, _, y) => {
          for (let i = 0; i <= y.data.length; i++) y.data[i] = a!.data[i]! * b!.data[i]!;
        },
      }),
      'gradcheck/case',
    ],
    ['commutative declared for what is not', altered(subOp, { commutative: true }), 'gradcheck/case'],
    [
      'a rule that ignores an attribute',
      altered(transposeOp, {
        vjp: { x: ({ x, ct }) => (x!.shape.length === 2 ? transpose(ct!, [1, 0]) : ct!) },
        cases: (fc) => fc.constantFrom({ types: { x: f64(2, 3) }, attributes: { permutation: [1, 0] } }),
      }),
      'gradcheck/unread',
    ],
  ])('faults %s', (_, op, code) => {
    expect(errorOf(() => proveOperator(op, { runs: 30 }))).toMatchObject({ code });
  });

  it('faults cases that are too poor to tell a wrong rule from a right one', () => {
    const square = (n: number) =>
      ({
        types: { a: f64(n), b: f64(n) },
        attributes: {},
        draw: { a: { kind: 'range', low: 1e9, high: 1e9 + 512 } },
      }) as const;
    const insensitive = altered(mulOp, {
      vjp: { a: ({ b, ct }) => mul(ct!, b!), b: ({ a, ct }) => mul(ct!, a!) },
      degree: { a: 'smooth', b: 'smooth' },
      cases: (fc) => fc.constant({ ...square(1), condition: 1e12 }),
    });
    const { parts } = proofsOf(insensitive, { runs: 5 });
    expect(errorOf(() => parts.gradients()).code).toBe('gradcheck/inconclusive');
    expect(errorOf(() => parts.mutants()).code).toBe('gradcheck/survivors');
  });

  it('faults a decomposition with another value, and one with another gradient', () => {
    const fused = (decompose: NonNullable<AnyOp['decompose']>): AnyOp => altered(signedSquare, { decompose });
    const { parts: right } = proofsOf(fused(({ x }) => mul(x!, absOp({ x: x! }, {}))));
    right.decomposition();
    const { parts: wrong } = proofsOf(fused(({ x }) => mul(x!, x!)));
    expect(errorOf(() => wrong.decomposition())).toMatchObject({ code: 'gradcheck/decomposition' });
  });
});

describe('kinks', () => {
  const kink = absOp.kinks![0]!;
  it('the other side is refused', () => {
    expect(
      errorOf(() => checkKinks(altered(absOp, { kinks: [{ ...kink, takes: kink.takes.map(() => 'left') }] }))),
    ).toMatchObject({ code: 'gradcheck/kink' });
  });
  it('a point is singular only if the gradient is zero there', () => {
    const kinks = [{ ...kink, at: { x: kink.takes.map(() => 3) }, singular: true }];
    expect(errorOf(() => checkKinks(altered(absOp, { kinks }))).message).toContain('at a singular point');
  });
  it('a point without a kink is refused', () => {
    const flat = { ...kink, at: { x: kink.takes.map(() => 3) }, takes: kink.takes.map(() => 'right' as const) };
    expect(errorOf(() => checkKinks(altered(absOp, { kinks: [flat] }))).message).toContain('there is no kink');
  });
});

describe('an inconclusive comparison is not a pass', () => {
  it('where rounding hides the derivative', () => {
    const hidden = () => gradcheck(({ x }) => add(mul(exp(x!), 1e-9), 1e6), { types: { x: f64(2) } }).expect();
    expect(errorOf(hidden)).toMatchObject({ code: 'gradcheck/inconclusive', name: 'GradcheckError' });
    expect(errorOf(hidden)).toBeInstanceOf(GradcheckError);
  });
  it('where the function is too steep for one stencil, another is tried', () => {
    const steep = gradcheck(({ x }) => exp(mul(x!, 24)), { types: { x: f64(2) } }).expect();
    expect(steep.retried).toBeGreaterThan(0);
    expect(steep.smooth).toBeGreaterThan(0);
  });
});

describe('gradchecker', () => {
  const square = ({ x }: { readonly [name: string]: Tensor }): Tensor => mul(x!, x!);
  it('gives for every seed what a check of its own gives', () => {
    const options = { types: { x: f64(2, 3) }, degree: { x: 2 }, dyadic: true, order: 2 };
    const check = gradchecker(square, options);
    for (let seed = 1; seed <= 4; seed++) expect(check(seed)).toEqual(gradcheck(square, { ...options, seed }));
  });
  it('compares every entry of a Jacobian, of a larger one directions', () => {
    const options = { degree: { x: 2 }, dyadic: true };
    const tally = (entries: number) => gradchecker(square, { types: { x: f64(6) }, ...options, entries })(1).expect();
    expect(tally(36).exact).toBe(36 + 1);
    expect(tally(35).exact).toBe(6 + 1);
  });
  it.each(Object.entries(backends))('proves and faults on %s', (_, backend) => {
    const tripled = ({ x }: { readonly [name: string]: Tensor }): Tensor =>
      customVjp({ x: x! }, square, ({ ct }) => ({ x: mul(ct, 3) }));
    const options = { types: { x: f64(3) }, degree: { x: 2 }, dyadic: true, backend };
    const wrong = gradchecker(tripled, options);
    expect(() => wrong(1).expect()).toThrow('gradcheck/mismatch');
    expect(gradchecker(square, options)(1).tally.exact).toBe(10);
  });
  it('goes elsewhere where a derivative happens to be zero', () => {
    const { proof, parts } = proofsOf(ops.pow!, { seed: 891340981, path: '9' });
    parts.gradients();
    expect(proof.tally.retried).toBeGreaterThan(0);
  });
});
