import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/compile.ts';
import {
  type AnyOp,
  array,
  CotangentError,
  type Graph,
  GraphBuilder,
  isFloat,
  type NdArray,
  sizeOf,
  type Tensor,
  type Type,
} from '../../src/graph/index.ts';
import { inputAttributes, isInput } from '../../src/graph/input.ts';
import { literals } from '../../src/ops/constant/literals.ts';
import { full, ops, sum } from '../../src/ops/index.ts';
import { simplify } from '../../src/passes/simplify.ts';

/** What operators declare about themselves for passes holds on every geometry that they declare for their proof. */

const awkward = [-0, 0.5, Number.NaN, 3, -Infinity, 2, 0, 1];

const fill = ({ dtype, shape }: Type, seed: number): NdArray =>
  array(
    { dtype, shape },
    Array.from({ length: sizeOf(shape) }, (_, i) => {
      const value = awkward[(i + seed) % awkward.length]!;
      return isFloat(dtype) ? value : dtype === 'bool' ? (i + seed) % 2 : (i + seed) % 3;
    }),
  );

/** The outputs, or undefined where a kernel refuses the numbers. */
function run(graph: Graph): { readonly [name: string]: NdArray } | undefined {
  const feed: { [name: string]: NdArray } = {};
  for (const [i, node] of graph.nodes.filter(isInput).entries()) feed[inputAttributes(node).name] = fill(node.type, i);
  const executable = compile(graph);
  try {
    return executable.run(feed);
  } catch (error) {
    if (error instanceof CotangentError) return undefined;
    throw error;
  } finally {
    executable.close();
  }
}

type Same = (a: number, b: number) => boolean;

function expectEqual(after: Graph, before: Graph, same: Same): void {
  const [is, was] = [run(after), run(before)];
  if (was === undefined) return;
  for (const name of Object.keys(was)) {
    expect(is![name]!.toString()).toEqual(expect.any(String));
    const [a, b] = [Array.from(is![name]!.data), Array.from(was[name]!.data)];
    expect(a.length).toBe(b.length);
    const wrong = a.findIndex((value, i) => !same(value, b[i]!));
    expect([wrong, a[wrong], b[wrong]]).toEqual([-1, undefined, undefined]);
  }
}

/** One operator on inputs, shared inputs, literals and results of the same operator, as `kinds` say. */
function build(
  op: AnyOp,
  types: { readonly [name: string]: Type },
  attributes: object,
  kinds: readonly number[],
): Graph {
  const g = new GraphBuilder();
  const made: Tensor[] = [];
  const inputs: { [name: string]: Tensor } = {};
  for (const [i, [name, type]] of Object.entries(types).entries()) {
    const kind = kinds[i % kinds.length]!;
    const twin = made.find((t) => t.dtype === type.dtype && `${t.shape}` === `${type.shape}`);
    if (kind === 0 && twin !== undefined) inputs[name] = twin;
    else if (kind <= 4) inputs[name] = full(g, type, isFloat(type.dtype) ? [1, 0, -0, Number.NaN, 2][kind]! : kind % 2);
    else inputs[name] = g.input(name, type);
    made.push(inputs[name]!);
  }
  const once = g.emit(op, inputs, attributes);
  const outputs: { [name: string]: Tensor } = { once };
  // Again on its own result, where that fits: rules look at what stands before them.
  for (const name of Object.keys(types)) {
    try {
      outputs[`again ${name}`] = g.emit(op, { ...inputs, [name]: once }, attributes);
    } catch (error) {
      if (!(error instanceof CotangentError)) throw error;
    }
  }
  return g.build(outputs);
}

/** The graph with the gradient of every output that has one, by every float input. */
function withGradients(graph: Graph): Graph {
  const g = new GraphBuilder();
  const outputs = g.inline(graph);
  const inputs = g.tensors.filter(({ node, dtype }) => isInput(node) && isFloat(dtype));
  const gradients: { [name: string]: Tensor } = {};
  for (const [name, y] of Object.entries(outputs))
    for (const x of inputs) {
      try {
        gradients[`${name} by ${inputAttributes(x.node).name}`] = grad(sum(y), x);
      } catch (error) {
        if (!(error instanceof CotangentError)) throw error;
      }
    }
  return g.build(gradients);
}

const drawn = (op: AnyOp) => op.cases(fc) as fc.Arbitrary<{ types: { [name: string]: Type }; attributes: object }>;
const kinds = fc.array(fc.nat(9), { minLength: 1, maxLength: 3 });

describe('simplify rules', () => {
  const declared = Object.values(ops).filter(({ simplify: rule }) => rule !== undefined);
  test.each(declared.map((op) => [op.name, op] as const))('%s keeps every bit, and gradients', (_, op) => {
    fc.assert(
      fc.property(drawn(op), kinds, ({ types, attributes }, mix) => {
        const graph = build(op, types, attributes, mix);
        const { graph: after } = simplify(graph, literals);
        expectEqual(after, graph, Object.is);
        const [simple, plain] = [withGradients(after), withGradients(graph)];
        expect(Object.keys(simple.outputs)).toEqual(Object.keys(plain.outputs));
        expectEqual(simple, plain, (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b)));
      }),
      { numRuns: 100 },
    );
  });
});

describe('commutative operators', () => {
  const declared = Object.values(ops).filter(({ commutative }) => commutative);
  test.each(declared.map((op) => [op.name, op] as const))('%s may have its inputs swapped', (_, op) => {
    fc.assert(
      fc.property(drawn(op), ({ types, attributes }) => {
        const graphs = [(names: string[]) => names, (names: string[]) => [...names].reverse()].map((order) => {
          const g = new GraphBuilder();
          const inputs = Object.entries(types).map(([name, type]) => g.input(name, type));
          const names = order(Object.keys(types));
          return g.build({ y: g.emit(op, Object.fromEntries(inputs.map((t, i) => [names[i]!, t])), attributes) });
        });
        expectEqual(graphs[1]!, graphs[0]!, Object.is);
      }),
    );
  });
});

describe('uniform', () => {
  test.each(Object.values(ops).flatMap((op) => (op.uniform === undefined ? [] : [[op.name, op] as const])))(
    '%s tells the number that its kernel fills in',
    (_, op) => {
      fc.assert(
        fc.property(drawn(op), ({ attributes }) => {
          const y = array(op.infer({}, attributes));
          op.kernel({}, attributes, y);
          const value = op.uniform!(attributes);
          if (value !== undefined) expect(Array.from(y.data).every((v) => Object.is(v, value))).toBe(true);
        }),
      );
    },
  );
});
