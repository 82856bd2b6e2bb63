import fc, * as fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Backend, compile, reference, wasm } from '../../src/backends/index.ts';
import { WasmExecutable } from '../../src/backends/wasm/wasm-executable.ts';
import { defaultDraw, drawPoint } from '../../src/check/draw.ts';
import { Random } from '../../src/check/random.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { CotangentError } from '../../src/graph/error.ts';
import type { NdArray } from '../../src/graph/nd-array.ts';
import type { AnyOp, Case } from '../../src/graph/op.ts';
import type { Type } from '../../src/graph/type.ts';
import { ops } from '../../src/ops/index.ts';

/** Other backends by name, each held against the definition. */
const backends: { readonly [name: string]: Backend } = { wasm };

type AnyCase = Case<string, object>;

/** What one operator gives, run alone. */
interface Outcome {
  readonly y: NdArray;
  /** How far a kernel that rounds says that y may be from the exact result. */
  readonly bound: number;
}

/** One operator run alone on drawn values, in the case's own types or with f32 in place of f64. */
function outcome(
  backend: Backend,
  op: AnyOp,
  { types, attributes, draw }: AnyCase,
  single: boolean,
  seed: number,
): Outcome {
  const g = new GraphBuilder();
  const feeds: { [name: string]: NdArray } = {};
  const inputs = Object.fromEntries(
    Object.entries(types).map(([name, { dtype, shape }]) => {
      const type: Type = { dtype: single && dtype === 'f64' ? 'f32' : dtype, shape };
      feeds[name] = drawPoint(type, draw?.[name] ?? defaultDraw(type), new Random(seed, name));
      return [name, g.input(name, type)];
    }),
  );
  const executable = compile(g.build({ y: g.emit(op, inputs, attributes) }), { backend });
  const steps = executable instanceof WasmExecutable ? executable.plan.steps : [];
  const largest = ({ data }: NdArray): number => Array.from(data).reduce<number>((a, b) => Math.max(a, Math.abs(b)), 0);
  const product = Object.values(feeds).reduce((all, value) => all * largest(value), 1);
  return {
    y: executable.run(feeds).y!,
    bound: product * steps.reduce((sum, { kernel }) => sum + (kernel?.rounding ?? 0), 0),
  };
}

const accepts = (op: AnyOp, { types, attributes }: AnyCase, single: boolean): boolean => {
  try {
    op.infer(
      Object.fromEntries(
        Object.entries(types).map(([name, t]) => [name, single && t.dtype === 'f64' ? { ...t, dtype: 'f32' } : t]),
      ),
      attributes,
    );
    return true;
  } catch (error) {
    if (error instanceof CotangentError) return false;
    throw error;
  }
};

/**
 * Exact on dyadic draws, or as near as the kernel itself says; a few units in the last place where the operator is not a
 * polynomial.
 */
function expectSame(op: AnyOp, { y, bound }: Outcome, { y: expected }: Outcome): void {
  const smooth = Object.values(op.degree).includes('smooth');
  const unit = expected.dtype === 'f32' ? 2 ** -23 : 2 ** -52;
  for (const [i, value] of expected.data.entries()) {
    const got = y.data[i]!;
    const near = smooth && Math.abs(got - value) <= 8 * unit * Math.abs(value);
    if (!(Object.is(got, value) || got === value || near || Math.abs(got - value) <= bound))
      throw new Error(`${op.name}: element ${i} is ${got}, reference ${value}\n  ${y}\n  ${expected}`);
  }
}

describe.each(Object.entries(backends))('%s gives what reference gives', (_, backend) => {
  it.each(Object.entries(ops))('%s', (_, op) => {
    const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(op.cases(fastCheck), seeds, (drawn, seed) => {
        for (const single of [false, true]) {
          if (!accepts(op, drawn, single)) continue;
          expectSame(op, outcome(backend, op, drawn, single, seed), outcome(reference, op, drawn, single, seed));
        }
      }),
      { numRuns: Number(process.env.CASES ?? 40), seed: Number(process.env.SEED ?? 1) },
    );
  });

  it('keeps states and updates like reference', () => {
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', { dtype: 'f32', shape: [3] }), g.state('b', { dtype: 'f32', shape: [3] })];
    const graph = g.build({ sum: g.emit(ops.add!, { a, b }, {}) }, { a: b, b: a });
    const [one, two] = [compile(graph, { backend }), compile(graph, { backend: reference })];
    for (const executable of [one, two])
      for (const [name, from] of [
        ['a', 1],
        ['b', 10],
      ] as const)
        executable.write(name, drawPoint(a, { kind: 'integers', low: from, high: from + 5 }, new Random(3, name)));
    for (let k = 0; k < 3; k++) expect(one.run().sum!.data).toEqual(two.run().sum!.data);
    expect(one.read('a').data).toEqual(two.read('a').data);
  });
});
