import type { Degree, Draw } from '../../src/graph/op.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  einsum,
  gatherElements,
  gatherNd,
  gemm,
  linear,
  matmul,
  maximumOf,
  minimumOf,
  roll,
  type ScatterOptions,
  scatterElements,
  scatterNd,
  sort,
  take,
  tile,
  topK,
  tril,
  triu,
} from '../../src/ops/index.ts';
import type { Composite } from './composites.ts';

const exact = (
  types: Composite['types'],
  degree: { readonly [name: string]: Degree },
  f: Composite['f'],
  draw: Composite['draw'] = {},
): Composite => ({ types, degree, dyadic: true, order: 3, f, draw });

const indices = (t: Tensor): Tensor<Shape, 'i32'> => t as Tensor<Shape, 'i32'>;
const fromEnd = (size: number): Draw => ({ kind: 'integers', low: -size, high: size - 1 });
const distinct: Draw = { kind: 'distinct' };
const between: Draw = { kind: 'distinct', offset: 0.5 };

/** Six values for the four places of each column: some come twice. */
const scattered = (options: ScatterOptions, degree: number, draw: Composite['draw'] = {}): Composite =>
  exact(
    { x: f64(4, 2), at: i32(4, 2), values: f64(4, 2) },
    { x: 1, values: degree },
    (t) => scatterElements(t.x!, indices(t.at!), t.values!, options),
    { at: fromEnd(4), ...draw },
  );

const contraction = (equation: string, ...shapes: readonly Shape[]): Composite =>
  exact(
    Object.fromEntries(shapes.map((shape, k) => [`x${k}`, f64(...shape)])),
    Object.fromEntries(shapes.map((_, k) => [`x${k}`, 1])),
    (t) => einsum(equation, Object.values(t)) as Tensor,
  );

/** Elements chosen, placed, ordered and laid out; sums of products. */
export const indexingComposites: { readonly [name: string]: Composite } = {
  take: exact({ x: f64(2, 3, 2), at: i32(2, 2) }, { x: 1 }, (t) => take(t.x!, indices(t.at!), 1), { at: fromEnd(3) }),
  gatherElements: exact(
    { x: f64(2, 3, 2), at: i32(2, 4, 1) },
    { x: 1 },
    (t) => gatherElements(t.x!, indices(t.at!), 1),
    { at: fromEnd(3) },
  ),
  gatherNd: exact(
    { x: f64(2, 3, 3, 2), at: i32(2, 4, 2) },
    { x: 1 },
    (t) => gatherNd(t.x!, indices(t.at!), { batch: 1 }) as Tensor,
    { at: fromEnd(3) },
  ),
  'scatterElements, the last stands': scattered({}, 1),
  'scatterElements, sums': scattered({ reduction: 'add' }, 1),
  'scatterElements, products': scattered({ reduction: 'mul' }, 4),
  'scatterElements, products of newcomers, zeros among them': scattered({ reduction: 'mul', includeSelf: false }, 4, {
    values: { kind: 'integers', low: -1, high: 1 },
  }),
  'scatterElements, maxima': scattered({ reduction: 'max' }, 1, { x: distinct, values: between }),
  'scatterElements, minima of newcomers': scattered({ reduction: 'min', includeSelf: false }, 1, {
    x: distinct,
    values: between,
  }),
  'scatterElements, means': { ...scattered({ reduction: 'mean' }, 1), dyadic: false },
  'scatterNd, products': exact(
    { x: f64(3, 2), at: i32(3, 1), values: f64(3, 2) },
    { x: 1, values: 3 },
    (t) => scatterNd(t.x!, indices(t.at!), t.values!, { reduction: 'mul' }),
    { at: fromEnd(3) },
  ),
  sort: exact({ x: f64(2, 4) }, { x: 1 }, (t) => sort(t.x!, 1, { descending: true }).values, { x: distinct }),
  topK: exact({ x: f64(4, 2) }, { x: 1 }, (t) => topK(t.x!, 2, { axis: 0 }).values as Tensor, { x: distinct }),
  'einsum, matrices of a batch': contraction('bij,bjk->bik', [2, 3, 2], [2, 2, 3]),
  'einsum, a diagonal': contraction('iij->ji', [3, 3, 2]),
  'einsum, a trace': contraction('ii', [3, 3]),
  'einsum, outer': contraction('i,j->ji', [2], [3]),
  'einsum, three operands': contraction('bi,oij,bj->bo', [2, 3], [2, 3, 2], [2, 2]),
  'einsum, broadcast ellipsis': contraction('...ij,...jk->...ik', [2, 1, 2, 3], [3, 3, 1]),
  'einsum, summed and squeezed': contraction('ab,bc->c', [2, 3], [1, 2]),
  'matmul of a vector and matrices': exact({ a: f64(3), b: f64(2, 3, 2) }, { a: 1, b: 1 }, (t) =>
    matmul(t.a! as Tensor<[3], 'f64'>, t.b! as Tensor<[2, 3, 2], 'f64'>),
  ),
  'matmul of vectors': exact({ a: f64(3), b: f64(3) }, { a: 1, b: 1 }, (t) =>
    matmul(t.a! as Tensor<[3], 'f64'>, t.b! as Tensor<[3], 'f64'>),
  ),
  gemm: exact({ a: f64(3, 2), b: f64(4, 3), c: f64(4) }, { a: 1, b: 1, c: 1 }, (t) =>
    gemm(t.a!, t.b!, { c: t.c!, alpha: 0.5, beta: 2, transposeA: true, transposeB: true }),
  ),
  linear: exact({ x: f64(2, 2, 3), w: f64(2, 3), bias: f64(2) }, { x: 1, w: 1, bias: 1 }, (t) =>
    linear(t.x! as Tensor<[2, 2, 3], 'f64'>, t.w! as Tensor<[2, 3], 'f64'>, { bias: t.bias! }),
  ),
  tril: exact({ x: f64(2, 3, 4) }, { x: 1 }, (t) => tril(t.x!, { diagonal: 1 })),
  triu: exact({ x: f64(4, 3) }, { x: 1 }, (t) => triu(t.x!, { diagonal: -1 })),
  tile: exact({ x: f64(2, 3) }, { x: 1 }, (t) => tile(t.x!, [2, 1, 3]) as Tensor),
  roll: exact({ x: f64(3, 4) }, { x: 1 }, (t) => roll(t.x!, [1, -2], [0, 1])),
  'roll, in one line': exact({ x: f64(3, 4) }, { x: 1 }, (t) => roll(t.x!, 5)),
  maximumOf: exact({ a: f64(2, 3), b: f64(3) }, { a: 1, b: 1 }, (t) => maximumOf([t.a!, t.b!]) as Tensor, {
    a: distinct,
    b: between,
  }),
  minimumOf: exact({ a: f64(2, 3), b: f64(3) }, { a: 1, b: 1 }, (t) => minimumOf([t.a!, t.b!]) as Tensor, {
    a: distinct,
    b: between,
  }),
};
