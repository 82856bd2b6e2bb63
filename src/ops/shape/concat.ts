import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType, type Type } from '../../graph/type.ts';
import { caseShape, caseSize } from '../case-shape.ts';
import { withCures } from '../cures.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { checkAxes, normalizeAxis } from '../reduce/axes.ts';
import { refuse } from '../refuse.ts';
import type { ConcatShape } from '../types/concat-shape.ts';
import type { Fits, Sized } from '../types/fits.ts';
import { sliceOp } from './slice.ts';
import { copyStrided } from './strided.ts';

export interface ConcatAttributes {
  readonly axis: number;
}

/** The record of `concat`, of any number of inputs x0, x1, …. */
export const concatOp: Op<`x${number}`, ConcatAttributes> = defineOp('concat', {
  doc: 'x0, x1, … one after the other along `axis`; they agree in all other dimensions.',
  infer: (types, { axis }) => {
    const xs = listed(types);
    const first = xs[0] ?? fail('concat/empty', 'there is nothing to join', 'give at least one tensor.');
    checkAxes(first, [axis]);
    xs.forEach((x, k) => {
      const [a, b] = [first.shape, x.shape];
      if (x.dtype !== first.dtype)
        fail(
          'concat/dtype',
          `tensors 0 and ${k} are ${showType(first)} and ${showType(x)}`,
          'cast them to one dtype first.',
        );
      if (x.shape.length !== first.shape.length)
        refuse('concat/rank', { k, a, b }, 'reshape them to the same number of dimensions.');
      x.shape.forEach((n, at) => {
        const m = first.shape[at]!;
        if (at !== axis && m !== n)
          refuse('concat/sizes', { k, a, b, at, m, n, axis }, `make them equal there: only axis ${axis} may differ.`);
      });
    });
    const size = xs.reduce((sum, x) => sum + x.shape[axis]!, 0);
    return { dtype: first.dtype, shape: first.shape.map((d, k) => (k === axis ? size : d)) };
  },
  kernel: (inputs, { axis }, y) => {
    const strides = stridesOf(y.shape);
    let offset = 0;
    for (const x of listed(inputs)) {
      copyStrided(x.shape, x.data, { offset: 0, strides: stridesOf(x.shape) }, y.data, { offset, strides });
      offset += x.shape[axis]! * strides[axis]!;
    }
  },
  vjp: {
    x: (values, { axis }, key) => {
      const { ct } = values;
      const k = Number(key.slice(1));
      const begin = beginnings(values, axis);
      return sliceOp(
        { x: ct },
        {
          starts: ct.shape.map((_, at) => (at === axis ? begin[k]! : 0)),
          limits: ct.shape.map((d, at) => (at === axis ? begin[k + 1]! : d)),
          steps: ct.shape.map(() => 1),
        },
      );
    },
  },
  degree: { x: 1 },
  variadic: ['x'],
  simplify: ({ x0, ...rest }) => (Object.keys(rest).length === 0 ? x0 : undefined),
  cases: (fc) =>
    caseShape(fc, { min: 1 }).chain((shape) =>
      fc
        .record({
          dtype: fc.constantFrom('f64', 'f64', 'f32', 'i32', 'bool'),
          axis: fc.nat(shape.length - 1),
          sizes: fc.array(caseSize(fc), { minLength: 1, maxLength: 3 }),
        })
        .map(({ dtype, axis, sizes }) => ({
          types: keyed(sizes.map((size) => ({ dtype, shape: shape.map((d, k) => (k === axis ? size : d)) }))),
          attributes: { axis },
        })),
    ),
  reach: ({ y: _, ...inputs }, { axis }) => {
    let begin = 0;
    const reaches = listed<Type>(inputs).map(({ shape }) => {
      const axes = shape.map((_, k) => along(k, k === axis ? { lo: begin, bounded: true } : {}));
      begin += shape[axis]!;
      return { kind: 'axes', axes } as const;
    });
    return keyed(reaches);
  },
  flops: () => 0,
  onnx: ({ axis }) => ({ op: 'Concat', attributes: { axis } }),
  example: (g) => concat([g.input('a', f64(2, 3)), g.input('b', f64(2, 1))], 1),
});

/** x0, x1, … in the order of their numbers, whatever order the record keeps them in. */
function listed<V extends Type>(inputs: { readonly [key: `x${number}`]: V }): V[] {
  const list: V[] = [];
  for (let k = 0; ; k++) {
    const x = inputs[`x${k}`];
    if (x === undefined) return list;
    list.push(x);
  }
}

/** Where each input begins on the axis, and where the last one ends. Once per result: the rules of all inputs ask. */
function beginnings(
  values: { readonly y: Tensor; readonly [key: `x${number}`]: Tensor },
  axis: number,
): readonly number[] {
  const found = known.get(values.y);
  if (found?.axis === axis) return found.begin;
  const begin = [0];
  for (const x of listed(values)) begin.push(begin.at(-1)! + x.shape[axis]!);
  known.set(values.y, { axis, begin });
  return begin;
}

const known = new WeakMap<Tensor, { readonly axis: number; readonly begin: readonly number[] }>();

const keyed = <V>(list: readonly V[]): { [key: `x${number}`]: V } =>
  Object.fromEntries(list.map((v, k) => [`x${k}`, v]));

/**
 * Tensors one after the other along an axis (negative ones count from the end).
 *
 * @throws GraphError `concat/sizes`, `concat/rank` or `concat/dtype` naming the first two that differ.
 */
export const concat: <const T extends readonly Tensor[], A extends number>(
  tensors: T & Fits<ConcatShape<T, A>>,
  axis: A,
) => Tensor<Sized<ConcatShape<T, A>>, T[number]['dtype']> = frontDoor(
  'concat',
  [],
  (tensors: readonly Tensor[], axis: number) => {
    const first = tensors[0] ?? fail('concat/empty', 'there is nothing to join', 'give at least one tensor.');
    const inputs = keyed(tensors);
    return withCures(inputs, () => concatOp(inputs, { axis: normalizeAxis(first, axis) }));
  },
);
