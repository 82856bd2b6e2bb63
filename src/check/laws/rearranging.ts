import type * as FastCheck from 'fast-check';
import { vjp } from '../../autodiff/vjp.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  abs,
  add,
  argsort,
  concat,
  cumulativeSum,
  einsum,
  flip,
  gather,
  gatherElements,
  matmul,
  maximum,
  minimum,
  mul,
  type PadMode,
  pad,
  reshape,
  roll,
  scatter,
  sort,
  split,
  sum,
  transpose,
} from '../../ops/index.ts';
import { sliceAlong } from '../../ops/shape/slice-along.ts';
import { type Law, law, statement } from './law.ts';
import { readAt, sumOver, tabulate } from './places.ts';

const size = (fc: typeof FastCheck): FastCheck.Arbitrary<number> => fc.integer({ min: 1, max: 4 });
const shape3 = (fc: typeof FastCheck): FastCheck.Arbitrary<{ shape: number[] }> =>
  fc.record({ shape: fc.array(size(fc), { minLength: 3, maxLength: 3 }) });
const orders: readonly number[][] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/** Which element a padding mode shows at position `i` of an axis of n, by walking there step by step. */
function shownAt(i: number, n: number, mode: PadMode): number | undefined {
  if (i >= 0 && i < n) return i;
  switch (mode) {
    case 'circular':
      return ((i % n) + n) % n;
    case 'replicate':
      return i < 0 ? 0 : n - 1;
    case 'reflect':
      return i < 0 ? -i : 2 * (n - 1) - i;
    case 'symmetric':
      return i < 0 ? -i - 1 : 2 * n - 1 - i;
    default:
      return undefined;
  }
}

export const rearrangingLaws: readonly Law[] = [
  law({
    name: 'padding: modes',
    about: 'Padding shows a value, the mirrored tensor, its edge or the tensor again (operators.md 9, 14).',
    ops: ['pad'],
    cases: (fc) =>
      fc.record({
        shape: fc.array(fc.integer({ min: 3, max: 5 }), { minLength: 2, maxLength: 2 }),
        amounts: fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 2, maxLength: 2 }),
        mode: fc.constantFrom<PadMode>('zero', 'constant', 'reflect', 'symmetric', 'replicate', 'circular'),
      }),
    state: ({ shape, amounts, mode }) =>
      statement({ x: { shape } }, ({ x }) => {
        const left = pad(x, amounts, { mode, value: 3 }) as Tensor;
        const cropped = pad(
          left,
          amounts.map(([lo, hi]) => [-lo, -hi] as const),
        ) as Tensor;
        return [
          {
            left,
            right: ({ x }) =>
              tabulate(
                shape.map((n, k) => n + amounts[k]![0] + amounts[k]![1]),
                (place) => {
                  const from = place.map((p, k) => shownAt(p - amounts[k]![0], shape[k]!, mode));
                  if (from.includes(undefined)) return mode === 'constant' ? 3 : 0;
                  return readAt(x!, from as number[]);
                },
              ),
          },
          { of: 'cropped', left: cropped, right: x, wrt: ['x'] },
        ];
      }),
  }),
  law({
    name: 'moving: transpositions',
    about: 'Two transpositions are one, by the product of their permutations.',
    ops: ['transpose'],
    cases: (fc) =>
      fc.record({
        shape: shape3(fc).map((c) => c.shape),
        p: fc.constantFrom(...orders),
        q: fc.constantFrom(...orders),
      }),
    state: ({ shape, p, q }) =>
      statement({ x: { shape } }, ({ x }) => [
        {
          of: 'both',
          left: transpose(transpose(x, p) as Tensor, q) as Tensor,
          right: transpose(
            x,
            q.map((k) => p[k]!),
          ) as Tensor,
          wrt: ['x'],
        },
        {
          left: transpose(x, p) as Tensor,
          right: ({ x }) =>
            tabulate(
              p.map((k) => shape[k]!),
              (place) =>
                readAt(
                  x!,
                  shape.map((_, axis) => place[p.indexOf(axis)]!),
                ),
            ),
        },
      ]),
  }),
  law({
    name: 'moving: apart and together',
    about: 'Parts put together again are the whole; a flip turned over, and a roll rolled on, are it too.',
    ops: ['split', 'concat', 'flip', 'roll'],
    cases: (fc) => fc.record({ shape: shape3(fc).map((c) => c.shape), axis: fc.nat(2), by: fc.nat(3) }),
    state: ({ shape, axis, by }) =>
      statement({ x: { shape } }, ({ x }) => {
        const length = shape[axis]!;
        const first = Math.ceil(length / 2);
        const parts = split(x, [first, length - first], axis) as readonly Tensor[];
        const backwards = Array.from({ length }, (_, i) => sliceAlong(x, axis, length - 1 - i, length - i));
        return [
          { of: 'parts', left: concat(parts, axis) as Tensor, right: x, wrt: ['x'] },
          { of: 'a flip', left: flip(x, axis) as Tensor, right: concat(backwards, axis) as Tensor, wrt: ['x'] },
          { of: 'a roll', left: roll(roll(x, by, axis), length - by, axis), right: x, wrt: ['x'] },
          {
            of: 'a roll by one',
            left: roll(x, 1, axis),
            right: ({ x }) =>
              tabulate(shape, (place) =>
                readAt(
                  x!,
                  place.map((p, k) => (k === axis ? (p + length - 1) % length : p)),
                ),
              ),
          },
        ];
      }),
  }),
  law({
    name: 'moving: reading and writing',
    about: 'Scattering is the gradient of gathering, and gathering of scattering.',
    ops: ['gather', 'scatter'],
    cases: (fc) => fc.record({ from: size(fc), count: size(fc), lead: size(fc) }),
    state: ({ from, count, lead }) => {
      const at = { shape: [lead, count], dtype: 'i32', draw: { kind: 'integers', low: -1, high: from - 1 } } as const;
      return statement({ x: { shape: [lead, from] }, y: { shape: [lead, count] }, at }, ({ x, y, at }) => {
        const read = gather({ x, at }, { batch: 1 }) as Tensor;
        const [gradient] = vjp([read], [x], [y]);
        return [
          {
            of: 'writing',
            left: scatter({ x: y, at }, { batch: 1, shape: [from] }) as Tensor,
            right: gradient!,
            wrt: ['y'],
          },
          {
            of: 'reading',
            left: read,
            right: ({ x, at }) => tabulate([lead, count], (place) => readAt(x!, [place[0]!, readAt(at!, place)])),
          },
        ];
      });
    },
  }),
  law({
    name: 'ordering: sorted',
    about: 'Sorted elements are the elements in order, and those that argsort points at.',
    ops: ['sort', 'argsort', 'gatherElements'],
    cases: (fc) => fc.record({ rows: size(fc), length: fc.integer({ min: 1, max: 6 }), descending: fc.boolean() }),
    state: ({ rows, length, descending }) =>
      statement({ x: { shape: [rows, length] } }, ({ x }) => {
        const left = sort(x, 1, { descending }).values;
        return [
          {
            left,
            right: ({ x }) =>
              Array.from({ length: rows }, (_, r) =>
                Array.from(x!.data.subarray(r * length, (r + 1) * length), Number).sort((a, b) =>
                  descending ? b - a : a - b,
                ),
              ).flat(),
          },
          { of: 'by argsort', left, right: gatherElements(x, argsort(x, 1, { descending }), 1) as Tensor, wrt: ['x'] },
          { of: 'the sum', left: sum(left), right: sum(x), wrt: ['x'] },
        ];
      }),
  }),
  law({
    name: 'ordering: larger and smaller',
    about: 'The larger and the smaller of two numbers sum to both, and differ by the magnitude of their difference.',
    ops: ['maximum', 'minimum', 'abs'],
    cases: shape3,
    state: ({ shape }) =>
      statement(
        { x: { shape, draw: { kind: 'distinct' } }, y: { shape, draw: { kind: 'distinct', offset: 0.5 } } },
        ({ x, y }) => {
          const [more, less] = [maximum(x, y) as Tensor, minimum(x, y) as Tensor];
          const apart = abs(add(x, mul(y, -1)) as Tensor);
          return [
            { of: 'the sum', left: add(more, less) as Tensor, right: add(x, y) as Tensor, wrt: ['x', 'y'] },
            { of: 'the difference', left: add(more, mul(less, -1)) as Tensor, right: apart },
          ];
        },
      ),
  }),
  law({
    name: 'sums: running',
    about: 'A running sum holds the sum of all elements up to each; its last is the sum of all.',
    ops: ['cumulativeSum', 'sum'],
    cases: (fc) =>
      fc.record({
        rows: size(fc),
        length: fc.integer({ min: 1, max: 6 }),
        reverse: fc.boolean(),
        exclusive: fc.boolean(),
      }),
    state: ({ rows, length, reverse, exclusive }) =>
      statement({ x: { shape: [rows, length] } }, ({ x }) => {
        const whole = cumulativeSum(x, 1);
        return [
          {
            left: cumulativeSum(x, 1, { reverse, exclusive }),
            right: ({ x }) =>
              tabulate([rows, length], ([r, i]) =>
                sumOver([length], ([j]) => {
                  const counts = reverse ? j! >= i! : j! <= i!;
                  return counts && !(exclusive && i === j) ? readAt(x!, [r!, j!]) : 0;
                }),
              ),
          },
          {
            of: 'the last',
            left: sliceAlong(whole, 1, length - 1, length),
            right: sum(x, { axes: 1, keepDims: true }) as Tensor,
            wrt: ['x'],
          },
        ];
      }),
  }),
  law({
    name: 'sums: products of matrices',
    about: 'A matrix product is Σ a[i,k]·b[k,j], which einsum and sums of broadcast products give as well.',
    ops: ['matmul', 'einsum', 'sum'],
    cases: (fc) => fc.record({ batch: size(fc), rows: size(fc), inner: size(fc), columns: size(fc) }),
    state: ({ batch, rows, inner, columns }) =>
      statement({ a: { shape: [batch, rows, inner] }, b: { shape: [batch, inner, columns] } }, ({ a, b }) => {
        const left = matmul(a, b) as Tensor;
        const terms = mul(reshape(a, [batch, rows, inner, 1]), reshape(b, [batch, 1, inner, columns])) as Tensor;
        return [
          { of: 'einsum', left, right: einsum('bik,bkj->bij', [a, b]) as Tensor, wrt: ['a', 'b'] },
          { of: 'sums', left, right: sum(terms, { axes: 2 }) as Tensor, wrt: ['a', 'b'] },
          {
            left,
            right: ({ a, b }) =>
              tabulate([batch, rows, columns], ([n, i, j]) =>
                sumOver([inner], ([k]) => readAt(a!, [n!, i!, k!]) * readAt(b!, [n!, k!, j!])),
              ),
          },
        ];
      }),
  }),
  law({
    name: 'sums: axes',
    about: 'A sum over axes is sums over one after the other, in any order.',
    ops: ['sum', 'reshape'],
    cases: shape3,
    state: ({ shape }) =>
      statement({ x: { shape } }, ({ x }) => {
        const all = sum(x);
        const each = sum(sum(sum(x, { axes: 1 }) as Tensor, { axes: 0 }) as Tensor, { axes: 0 }) as Tensor;
        return [
          { left: all, right: each, wrt: ['x'] },
          { left: all, right: sum(reshape(x, [sizeOf(shape)]), { axes: 0 }) as Tensor, wrt: ['x'] },
          { left: all, right: ({ x }) => [Array.from(x!.data, Number).reduce((a, b) => a + b, 0)] },
        ];
      }),
  }),
];
