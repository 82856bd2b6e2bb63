import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { GraphError } from '../../src/graph/error.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { sizeOf, stridesOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, f64, i32 } from '../../src/graph/type.ts';
import {
  add,
  broadcastTo,
  cast,
  concat,
  div,
  matmul,
  type PadMode,
  pad,
  reshape,
  select,
  slice,
  split,
  squeeze,
  stack,
  sum,
  transpose,
} from '../../src/ops/index.ts';

/** Runs a function of tensors that hold 0, 1, 2, …, one per shape. */
function run(shapes: readonly (readonly number[])[], f: (...xs: Tensor[]) => Tensor): NdArray {
  const g = new GraphBuilder();
  const y = f(...shapes.map((shape, k) => g.input(`x${k}`, f64(...shape))));
  const feeds = shapes.map((shape, k) => [`x${k}`, array(f64(...shape), [...Array(sizeOf(shape)).keys()])] as const);
  return compile(g.build({ y })).run(Object.fromEntries(feeds)).y!;
}

const dims = (min: number, max: number) => fc.array(fc.integer({ min: 1, max: 4 }), { minLength: min, maxLength: max });

/** Two shapes that broadcast, and what they make: sizes are dropped to 1 and leading axes cut off. */
const pairs = dims(1, 4).chain((whole) => {
  const part = fc
    .tuple(fc.array(fc.boolean(), { minLength: whole.length, maxLength: whole.length }), fc.nat(whole.length))
    .map(([ones, cut]) => whole.map((d, k) => (ones[k] ? 1 : d)).slice(cut));
  return fc.tuple(part, part);
});

/** The element of a tensor of 0, 1, 2, … that stands at an index of the shape it is broadcast to. */
const elementAt = (shape: readonly number[], index: readonly number[]): number => {
  const strides = stridesOf(shape);
  const lead = index.length - shape.length;
  return shape.reduce((at, d, k) => at + (d === 1 ? 0 : index[lead + k]! * strides[k]!), 0);
};

const indices = (shape: readonly number[]): number[][] =>
  shape.reduce<number[][]>((list, d) => list.flatMap((i) => Array.from({ length: d }, (_, k) => [...i, k])), [[]]);

describe('broadcasting', () => {
  property.prop([pairs])('repeats as NumPy does', ([a, b]) => {
    const y = run([a, b], (x0, x1) => add(x0!, x1!));
    const rank = Math.max(a.length, b.length);
    expect(y.shape).toEqual(Array.from({ length: rank }, (_, k) => Math.max(a.at(k - rank) ?? 1, b.at(k - rank) ?? 1)));
    expect(Array.from(y.data)).toEqual(indices(y.shape).map((i) => elementAt(a, i) + elementAt(b, i)));
  });
  property.prop([dims(0, 3), dims(0, 2)])(
    'broadcast then sum is multiplication by the number of copies',
    (own, more) => {
      const y = run([own], (x) => sum(broadcastTo(x!, [...more, ...own]), { axes: [...more.keys()] }));
      expect(Array.from(y.data)).toEqual([...Array(sizeOf(own)).keys()].map((v) => v * sizeOf(more)));
    },
  );
});

describe('movement', () => {
  property.prop([
    dims(0, 4).chain((shape) =>
      fc.tuple(fc.constant(shape), fc.shuffledSubarray([...shape.keys()], { minLength: shape.length })),
    ),
  ])('transposing and transposing back is the identity', ([shape, order]) => {
    const back = order.map((_, axis) => order.indexOf(axis));
    expect(run([shape], (x) => transpose(transpose(x!, order), back))).toEqual(run([shape], (x) => x!));
  });
  property.prop([dims(1, 3), dims(1, 4)])('concat undoes split', (rest, sizes) => {
    const shape = [rest[0]!, sizes.reduce((a, b) => a + b), ...rest.slice(1)];
    expect(run([shape], (x) => concat(split(x!, sizes, 1), 1))).toEqual(run([shape], (x) => x!));
  });
  property.prop([dims(1, 3), fc.nat(), fc.integer({ min: 1, max: 3 })])(
    'squeeze undoes a stack of one, slices undo a stack',
    (shape, at, n) => {
      const axis = at % (shape.length + 1);
      const copies = (x: Tensor): Tensor[] => Array.from({ length: n }, (_, k) => add(x, k));
      const last = (x: Tensor): Tensor => squeeze(split(stack(copies(x), axis), 1, axis).at(-1)!, axis);
      expect(run([shape], (x) => last(x!))).toEqual(run([shape], (x) => add(x!, n - 1)));
    },
  );
  it('reshape works out one size', () => {
    expect(run([[2, 3, 4]], (x) => reshape(x!, [4, -1])).shape).toEqual([4, 6]);
    expect(run([[2, 0]], (x) => reshape(x!, [-1, 2])).shape).toEqual([0, 2]);
  });
  property.prop([dims(0, 2), fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 1, max: 4 })))])(
    'matmul is Σ a·b, its leading axes broadcast',
    (lead, [m, k, n]) => {
      const y = run(
        [
          [...lead, m!, k!],
          [k!, n!],
        ],
        (a, b) => matmul(a!, b!),
      );
      const expected = indices(y.shape).map((i) => {
        const [row, column] = i.slice(-2) as [number, number];
        return [...Array(k).keys()].reduce(
          (s, p) => s + elementAt([...lead, m!, k!], [...i.slice(0, -2), row, p]) * elementAt([k!, n!], [p, column]),
          0,
        );
      });
      expect(Array.from(y.data)).toEqual(expected);
    },
  );
});

/** Which element of an axis of `size` stands at position i when the axis goes on for ever. */
const continued: { readonly [mode: string]: (i: number, size: number) => number } = {
  reflect: (i, size) => size - 1 - Math.abs(size - 1 - (Math.abs(i) % (2 * size - 2 || 1))),
  symmetric: (i, size) => {
    const at = ((i % (2 * size)) + 2 * size) % (2 * size);
    return at < size ? at : 2 * size - 1 - at;
  },
  replicate: (i, size) => Math.max(0, Math.min(size - 1, i)),
  circular: (i, size) => ((i % size) + size) % size,
};

describe.each(Object.entries(continued))('padding by %s', (mode, at) => {
  const amount = fc.integer({ min: -1, max: 2 });
  property.prop([fc.array(fc.tuple(fc.integer({ min: 3, max: 5 }), amount, amount), { minLength: 1, maxLength: 2 })])(
    'shows the tensor as if it went on for ever',
    (axes) => {
      const shape = axes.map(([size]) => size);
      const amounts = axes.map(([, lo, hi]) => [lo, hi] as const);
      const y = run([shape], (x) => pad(x!, amounts, { mode: mode as PadMode }));
      const expected = indices(y.shape).map((i) =>
        elementAt(
          shape,
          i.map((p, k) => at(p - amounts[k]![0], shape[k]!)),
        ),
      );
      expect(Array.from(y.data)).toEqual(expected);
    },
  );
});

describe('refusals', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(2, 3));
  const y = g.input('y', f64(4, 5));
  const single = g.input('single', f32(2, 3));
  const refusals: readonly [string, () => unknown][] = [
    ['broadcast/shapes', () => add(x as Tensor, y)],
    ['pointwise/types', () => add(x as Tensor, single)],
    ['pointwise/dtype', () => div(g.input('i', i32(2)) as Tensor, 2)],
    ['pointwise/number', () => add(g.input('j', i32(2)), 0.5)],
    ['broadcast/target', () => broadcastTo(x as Tensor, [3, 2])],
    ['reshape/size', () => reshape(x as Tensor, [4, 2])],
    ['reshape/rest', () => reshape(x as Tensor, [4, -1])],
    ['transpose/permutation', () => transpose(x as Tensor, [0, 0])],
    ['slice/range', () => slice(x as Tensor, { starts: [0, 2], limits: [2, 1] })],
    ['slice/axes', () => slice(x as Tensor, { starts: [0], limits: [2] })],
    ['slice/step', () => slice(x as Tensor, { starts: [0, 0], limits: [2, 3], steps: [1, 0] })],
    ['concat/sizes', () => concat([x, y] as Tensor[], 0)],
    ['concat/rank', () => concat([x, g.input('r', f64(2))] as Tensor[], 0)],
    ['stack/shapes', () => stack([x, y] as Tensor[], 0)],
    ['axes/range', () => sum(x as Tensor, { axes: 2 })],
    ['axes/repeated', () => sum(x as Tensor, { axes: [1, -1] })],
    ['matmul/inner', () => matmul(x as Tensor, y)],
    ['matmul/rank', () => matmul(x as Tensor, g.input('v', f64()))],
    ['pad/axes', () => pad(x as Tensor, [[1, 1]])],
    [
      'pad/mode',
      () =>
        pad(
          x as Tensor,
          [
            [0, 0],
            [3, 0],
          ],
          { mode: 'reflect' },
        ),
    ],
    [
      'pad/crop',
      () =>
        pad(x as Tensor, [
          [-1, -2],
          [0, 0],
        ]),
    ],
    ['split/sizes', () => split(x as Tensor, [1, 1], 1)],
    ['squeeze/size', () => squeeze(x as Tensor, 0)],
    ['select/condition', () => select(x as Tensor, x, x)],
    ['cast/dtype', () => cast(x as Tensor, 'f16' as 'f32')],
  ];
  it.each(refusals)('%s names the call, the operands and the cure', (code, wrong) => {
    const lines = messageOf(wrong).split('\n');
    expect(lines[0]).toMatch(new RegExp(`^${code}: .+`));
    expect(lines[1]).toMatch(/^ {2}in \w+, called at test\/ops\/shape\.test\.ts:\d+$/);
    expect(lines[2]).toMatch(/^ {2}\w+ {3}(f64|f32|i32)\[.*\] {3}n\d+ input "\w+" {3}test\/ops\/shape\.test\.ts:\d+$/);
    expect(lines.at(-1)).toMatch(new RegExp(`^  Fix: .+docs/errors\\.md#${code.replace('/', '-')}`));
  });
});

function messageOf(wrong: () => unknown): string {
  try {
    wrong();
  } catch (error) {
    if (error instanceof GraphError) return error.message;
    throw error;
  }
  throw new Error('it was let through');
}
