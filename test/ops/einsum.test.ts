import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { type Shape, sizeOf, stridesOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import { einsum } from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

/** Every index tuple of a shape. */
function* places(shape: Shape): Generator<number[]> {
  for (let i = 0; i < sizeOf(shape); i++) {
    let rest = i;
    yield stridesOf(shape).map((stride) => {
      const k = Math.floor(rest / stride);
      rest -= k * stride;
      return k;
    });
  }
}

interface Operand {
  readonly labels: readonly string[];
  readonly shape: Shape;
  readonly data: readonly number[];
}

/** The definition: a sum over all labels that the result does not name. */
function brute(operands: readonly Operand[], output: readonly string[], sizes: { readonly [label: string]: number }) {
  const inner = Object.keys(sizes).filter((label) => !output.includes(label));
  const all = [...output, ...inner];
  const result = new Float64Array(sizeOf(output.map((label) => sizes[label]!)));
  const strides = stridesOf(output.map((label) => sizes[label]!));
  for (const place of places(all.map((label) => sizes[label]!))) {
    const at = Object.fromEntries(all.map((label, k) => [label, place[k]!]));
    const product = operands.reduce((p, { labels, shape, data }) => {
      const own = stridesOf(shape);
      return p * data[labels.reduce((sum, label, k) => sum + (shape[k] === 1 ? 0 : at[label]!) * own[k]!, 0)]!;
    }, 1);
    result[output.reduce((sum, _, k) => sum + place[k]! * strides[k]!, 0)]! += product;
  }
  return { shape: output.map((label) => sizes[label]!), data: Array.from(result) };
}

const letters = ['a', 'b', 'c', 'D'] as const;
const arbitrary = fc
  .record({
    sizes: fc.tuple(...letters.map(() => fc.constantFrom(1, 2, 3, 0))),
    terms: fc.array(fc.array(fc.constantFrom(...letters), { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    ones: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    seed: fc.nat(20),
    implicit: fc.boolean(),
    pick: fc.tuple(...letters.map(() => fc.boolean())),
  })
  .map(({ sizes, terms, ones, seed, implicit, pick }) => {
    const size = Object.fromEntries(letters.map((label, k) => [label, sizes[k]!]));
    const operands = terms.map((labels, t): Operand => {
      // A label twice in one term must have one size there; elsewhere 1 broadcasts.
      const shape = labels.map((label) => (ones[3 * t + labels.indexOf(label)] ? 1 : size[label]!));
      return { labels, shape, data: Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7 + t * 3 + seed) % 9) - 4) };
    });
    // A letter that every term has with size 1 has size 1.
    const used = [...new Set(terms.flat())];
    const real = Object.fromEntries(
      used.map((label) => {
        const met = operands.flatMap((o) => o.labels.flatMap((l, k) => (l === label ? [o.shape[k]!] : [])));
        return [label, met.every((d) => d === 1) ? 1 : size[label]!];
      }),
    );
    const all = terms.flat();
    const once = used.filter((label) => all.indexOf(label) === all.lastIndexOf(label)).sort((a, b) => (a < b ? -1 : 1));
    const output = implicit ? once : letters.filter((label, k) => pick[k] && used.includes(label)).reverse();
    const equation = terms.map((t) => t.join('')).join(' , ') + (implicit ? '' : ` -> ${output.join('')}`);
    return { operands, output, real, equation };
  });

describe('einsum', () => {
  it.each(['f64', 'i32'] as const)('is the sum over what the result does not name, in %s', (dtype) => {
    fc.assert(
      fc.property(arbitrary, ({ operands, output, real, equation }) => {
        const g = new GraphBuilder();
        const tensors = operands.map(({ shape }, k) => g.input(`x${k}`, { dtype, shape }));
        const { y } = runGraph(
          { y: einsum(equation, tensors) },
          Object.fromEntries(operands.map(({ shape, data }, k) => [`x${k}`, array({ dtype, shape }, data)])),
        );
        const wanted = brute(operands, output, real);
        expect([...y.shape]).toEqual(wanted.shape);
        // Adding 0 makes one zero of two.
        expect(Array.from(y.data, (v) => v + 0)).toEqual(wanted.data.map((v) => v + 0));
      }),
      { numRuns: 300 },
    );
  });

  const g = new GraphBuilder();
  const [x, y] = [g.input('x', f64(2, 3)), g.input('y', f64(4, 2, 3, 5))];
  it.each([
    ['ij...,...->ij...', [x, g.input('s', f64())], [2, 3]],
    ['...ij->...ji', [y], [4, 2, 5, 3]],
    ['...', [x], [2, 3]],
    ['i...j', [y], [2, 3, 4, 5]],
    ['i...->i', [y], [4]],
    ['...a,...b', [x, y], [4, 2, 3, 3, 5]],
  ] as [string, Tensor[], number[]][])('%s', (equation, operands, shape) => {
    if (equation === '...a,...b') expect(() => einsum(equation, operands)).toThrow(/einsum\/sizes/);
    else expect([...einsum(equation, operands).shape]).toEqual(shape);
  });

  it.each([
    ['ij', [x, y], /einsum\/equation: .* 1 terms for 2 operands/],
    ['ij->k', [x], /no term has the 'k'/],
    ['ij->ii', [x], /names 'i' twice/],
    ['i-j', [x], /is no term/],
    ['i......', [x], /is no term/],
    ['ijk', [x], /einsum\/rank/],
    ['i...jkl', [x], /einsum\/rank/],
    ['ii', [x], /einsum\/sizes/],
    ['ij,ji', [x, x], /einsum\/sizes: .*'[ij]' .* 2|3/],
  ] as [string, Tensor[], RegExp][])('refuses %s', (equation, operands, reason) =>
    expect(() => einsum(equation, operands)).toThrow(reason),
  );

  it('knows literal shapes', () => {
    const product: Tensor<[5, 2], 'f64'> = einsum('ij, kl -> lj', [g.input('p', f64(3, 2)), g.input('q', f64(4, 5))]);
    expect(product.shape).toEqual([5, 2]);
    expect(einsum('i,i->', [g.input('n', i32(3)), g.input('m', i32(3))]).dtype).toBe('i32');
  });
});
