import type * as FastCheck from 'fast-check';
import { type Graph, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { full } from '../../src/ops/constant/full.ts';
import { addOp } from '../../src/ops/pointwise/add.ts';
import { firstOp, noteOp, oddOp, totalOp } from './toy-ops.ts';

const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/** Plain JSON with the numbers and keys that JSON handles badly. */
function arbitraryAttribute(fc: typeof FastCheck): FastCheck.Arbitrary<unknown> {
  const key = fc
    .oneof(fc.string(), fc.constantFrom('$number', '$', '$$number', 'toString', 'hasOwnProperty', '10', '2'))
    .filter((text) => !reserved.has(text));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false, -0, 0, Number.NaN, Infinity, -Infinity, 1e21, 5e-324, 2 ** 53),
      fc.double(),
      fc.string({ unit: 'binary' }),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  return tree;
}

/** Graphs of toy operators with every feature: scopes, roles, updates, variadic inputs, odd names, hard attributes. */
export function arbitraryGraph(fc: typeof FastCheck): FastCheck.Arbitrary<Graph> {
  const name = fc.string({ minLength: 1 }).filter((text) => !reserved.has(text));
  const scope = fc.oneof(fc.constantFrom('unet', 'down1', 'conv2d'), fc.string({ minLength: 1, unit: 'binary' }));
  const step = fc.record({
    kind: fc.constantFrom('add', 'note', 'total', 'first', 'odd', 'full'),
    picks: fc.array(fc.nat(), { minLength: 2, maxLength: 4 }),
    note: arbitraryAttribute(fc),
    scopes: fc.array(scope, { maxLength: 2 }),
  });
  return fc
    .record({
      shape: fc.array(fc.nat(3), { maxLength: 3 }),
      roles: fc.array(fc.constantFrom('input', 'parameter', 'state'), { minLength: 1, maxLength: 4 }),
      steps: fc.array(step, { maxLength: 12 }),
      outputs: fc.uniqueArray(fc.tuple(name, fc.nat()), { minLength: 1, maxLength: 3, selector: ([text]) => text }),
      updates: fc.nat(3),
    })
    .map(({ shape, roles, steps, outputs, updates }) => {
      const g = new GraphBuilder();
      const type = { dtype: 'f64', shape } as const;
      const made: Tensor[] = roles.map((role, i) => g[role](`${role}-${i}`, type));
      for (const { kind, picks, note, scopes } of steps) {
        const [a, b, ...rest] = picks.map((pick) => made[pick % made.length]!) as [Tensor, Tensor, ...Tensor[]];
        const within = (depth: number): Tensor => {
          if (depth < scopes.length) return g.scope(scopes[depth]!, () => within(depth + 1));
          if (kind === 'add') return addOp({ a, b }, {});
          if (kind === 'note') return noteOp({ x: a }, { note });
          if (kind === 'total') return totalOp(Object.fromEntries([a, b, ...rest].map((t, i) => [`x${i}`, t])), {});
          if (kind === 'first') return firstOp({ a, b }, {});
          if (kind === 'odd') return oddOp({ x: a }, {});
          return full(g, type, picks[0]! % 7 === 0 ? Number.NaN : picks[0]!);
        };
        made.push(within(0));
      }
      const kept = roles.flatMap((role, i) => (role === 'input' ? [] : [`${role}-${i}`])).slice(0, updates);
      return g.build(
        Object.fromEntries(outputs.map(([text, pick]) => [text, made[pick % made.length]!])),
        Object.fromEntries(kept.map((text) => [text, made.at(-1)!])),
      );
    });
}
