import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/analysis/field/box.ts';
import { Reader } from '../../src/analysis/field/reader.ts';
import { trace } from '../../src/analysis/field/trace.ts';
import { drawPoint } from '../../src/check/draw.ts';
import { Random } from '../../src/check/random.ts';
import {
  type AnyOp,
  array,
  type Case,
  type Draw,
  type Graph,
  GraphBuilder,
  isFloat,
  type NdArray,
  type Tensor,
  type Type,
} from '../../src/graph/index.ts';
import { sizeOf, stridesOf } from '../../src/graph/shape.ts';
import { constant, ops } from '../../src/ops/index.ts';

type Values = { [name: string]: NdArray };

const usual = ({ dtype }: Type): Draw =>
  isFloat(dtype) ? { kind: 'dyadic' } : { kind: 'integers', low: 0, high: dtype === 'bool' ? 1 : 3 };

const result = (op: AnyOp, inputs: Values, attributes: object, like: NdArray): NdArray => {
  const y = array(like);
  op.kernel(inputs, attributes, y);
  return y;
};

/** Flat positions of a box. */
const flatOf = (box: Box, shape: readonly number[]): number[] => {
  const strides = stridesOf(shape);
  return box.reduce<number[]>((flat, set, axis) => flat.flatMap((at) => set.map((i) => at + i * strides[axis]!)), [0]);
};

const indexOf = (flat: number, shape: readonly number[]): Box =>
  stridesOf(shape).map((stride, axis) => [Math.floor(flat / stride) % shape[axis]!]);

/** Other values for one element: whatever depends on it shows with one of them. */
const others = (value: NdArray, at: number): number[] =>
  isFloat(value.dtype) ? [Number.NaN, 99, -99, value.data[at]! + 0.5] : value.dtype === 'bool' ? [0, 1] : [0, 1, 2];

/** The elements of y that change with an element of an input. */
function changed(op: AnyOp, inputs: Values, attributes: object, y: NdArray, key: string, at: number): Set<number> {
  const moved = new Set<number>();
  const value = inputs[key]!;
  const kept = value.data[at]!;
  for (const other of others(value, at)) {
    value.data[at] = other;
    try {
      const z = result(op, inputs, attributes, y);
      for (let i = 0; i < z.data.length; i++) if (!Object.is(z.data[i], y.data[i])) moved.add(i);
    } catch {
      // A position outside, say: that value is not allowed.
    }
  }
  value.data[at] = kept;
  return moved;
}

/** One node of which only one input is fed. */
function constantBut(key: string, op: AnyOp, inputs: Values, attributes: object): Graph {
  const g = new GraphBuilder();
  const leaf = (name: string, value: NdArray): Tensor =>
    name === key ? g.input(name, value) : constant(g, value, value.data);
  const leaves = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, leaf(name, value)]));
  return g.build({ y: g.emit(op, leaves, attributes) });
}

const declaring = Object.values(ops).flatMap((op) => (op.reach === undefined ? [] : [[op.name, op] as const]));

describe.each(declaring)('reach of %s', (_, op) => {
  // Casts to masks and choices do not show every element; pairs of a transform may have a zero between them.
  const coarse = ['cast', 'select', 'dft'].includes(op.name);
  const exact =
    !coarse && Object.values(op.degree).length > 0 && Object.values(op.degree).every((degree) => degree === 1);

  it('holds whatever an element depends on', () =>
    fc.assert(
      fc.property(op.cases(fc), fc.nat(), (drawn, seed) => {
        const { types, attributes, draw = {} } = drawn as Case<string, object>;
        const size = Object.values(types).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
        fc.pre(size < 150);
        const g = new GraphBuilder();
        const leaves = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, g.input(name, type)]));
        const node = g.emit(op, leaves, attributes);
        const graph = g.build({ y: node });
        const inputs: Values = Object.fromEntries(
          Object.entries(types).map(([name, type]) => [
            name,
            drawPoint(type, draw[name] ?? usual(type), new Random(seed, name)),
          ]),
        );
        const y = result(op, inputs, attributes, array(node));
        for (const key of Object.keys(types)) {
          const { shape } = types[key]!;
          // Once being told where positions are, once not, and once all but this input being constant.
          for (const [net, positions] of [
            [graph, { values: inputs }],
            [graph, undefined],
            [constantBut(key, op, inputs, attributes), undefined],
          ] as const) {
            const reader = new Reader(net, positions);
            const declared = Array.from(y.data, (_, i) => {
              const box = indexOf(i, y.shape);
              const union = trace(net, reader, { from: net.outputs.y!, box, to: net.inputs[key]!, clip: true });
              return new Set(union.boxes.flatMap((each) => flatOf(each, shape)));
            });
            const known = positions !== undefined || net !== graph;
            // Positions elsewhere change what else is read.
            if (known && (key === 'p' || key === 'at')) continue;
            for (let at = 0; at < inputs[key]!.data.length; at++) {
              const moved = changed(op, inputs, attributes, y, key, at);
              for (const i of moved) expect(declared[i], `${key}[${at}] moves y[${i}]`).toContain(at);
              // Of kernels all is declared, although taps on padding have no effect.
              if (exact && key !== 'w' && isFloat(inputs[key]!.dtype) && known)
                for (let i = 0; i < y.data.length; i++)
                  if (declared[i]!.has(at)) expect(moved, `${key}[${at}] does not move y[${i}]`).toContain(i);
            }
          }
        }
      }),
      { numRuns: 20 },
    ));
});

it('every operator but sources says what it reads', () =>
  expect(
    Object.values(ops)
      .filter(({ reach }) => reach === undefined)
      .map(({ name }) => name),
  ).toEqual(['constant', 'full', 'iota', 'random']));

const bounded = Object.values(ops).flatMap((op) => (op.below === undefined ? [] : [[op.name, op as AnyOp] as const]));

it.each(bounded)('%s stays below its bound, and comes to it', (_, op) => {
  const last = new Set<boolean>();
  fc.assert(
    fc.property(op.cases(fc), fc.nat(), ({ types, attributes, draw = {} }, seed) => {
      const inputs: Values = Object.fromEntries(
        Object.entries(types).map(([name, type]) => [
          name,
          drawPoint(type, draw[name] ?? usual(type), new Random(seed, name)),
        ]),
      );
      const like = array(op.infer(types, attributes));
      const below = op.below!({ ...types, y: like }, attributes);
      const y = [...result(op, inputs, attributes, like).data];
      expect(y.every((value) => value >= 0 && value < below)).toBe(true);
      last.add(y.includes(below - 1) && below > 1);
    }),
  );
  expect(last).toContain(true);
});
