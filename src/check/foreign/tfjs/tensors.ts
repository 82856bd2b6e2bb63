import type * as FastCheck from 'fast-check';
import type { Tensor } from '../../../graph/tensor.ts';
import { batchNorm, flip, matmul, pad, slice, take, tile, transpose } from '../../../ops/index.ts';
import { type Argument, input, text } from '../expression.ts';
import { f32, type Geometry, seeded } from '../foreign-operator.ts';
import { channelsLast, channelsSecond } from './layout.ts';
import type { TfjsOperator } from './tfjs-operator.ts';

const linear = { degree: 1 } as const;

interface Product {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Products of matrices, stacked or not; stacks broadcast. */
function product(name: string, stack: 'none' | 'same' | 'broadcast'): TfjsOperator<Product> {
  return {
    name,
    cases: (fc) => {
      const length = fc.integer({ min: 1, max: 3 });
      return seeded(
        fc,
        fc
          .record({
            sizes: fc.tuple(length, length, length),
            batch: length,
            transposeA: fc.boolean(),
            transposeB: fc.boolean(),
          })
          .map(({ sizes: [m, k, n], batch, transposeA, transposeB }) => {
            const [before, beside] = stack === 'none' ? [[], []] : [[batch], stack === 'same' ? [batch] : [1]];
            return {
              inputs: {
                a: f32([...before, ...(transposeA ? [k, m] : [m, k])], linear),
                b: f32([...beside, ...(transposeB ? [n, k] : [k, n])], linear),
              },
              attributes: { transposeA, transposeB },
            };
          }),
      );
    },
    call: ({ transposeA, transposeB }) => ({
      call: 'matMul',
      args: [input('a'), input('b'), ...(transposeA || transposeB ? [transposeA, transposeB] : [])],
    }),
    reference: ({ a, b }, { transposeA, transposeB }) =>
      matmul(transposeA ? swapped(a!) : a!, transposeB ? swapped(b!) : b!) as Tensor,
  };
}

const swapped = (x: Tensor): Tensor => {
  const rank = x.shape.length;
  return transpose(x, [...Array.from({ length: rank - 2 }, (_, i) => i), rank - 1, rank - 2]) as Tensor;
};

interface Gathering {
  readonly axis: number;
}

const gather: TfjsOperator<Gathering> = {
  name: 'gather',
  cases: (fc) =>
    seeded(
      fc,
      fc.tuple(shapes(fc), fc.nat(2), fc.integer({ min: 1, max: 4 })).map(([shape, at, count]) => {
        const axis = at % shape.length;
        return {
          inputs: {
            x: f32(shape, linear),
            at: { type: { dtype: 'i32', shape: [count] }, draw: { kind: 'integers', low: 0, high: shape[axis]! - 1 } },
          },
          attributes: { axis },
        };
      }),
    ),
  call: ({ axis }) => ({ call: 'gather', args: [input('x'), input('at'), axis] }),
  reference: ({ x, at }, { axis }) => take(x!, at as Tensor<readonly number[], 'i32'>, axis) as Tensor,
};

const gatherNd: TfjsOperator = {
  name: 'gatherND',
  cases: (fc) =>
    seeded(
      fc,
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })).map(
        ([length, count]): Geometry<object> => ({
          inputs: {
            x: f32([length], linear),
            at: { type: { dtype: 'i32', shape: [count, 1] }, draw: { kind: 'integers', low: 0, high: length - 1 } },
          },
          attributes: {},
        }),
      ),
    ),
  call: () => ({ call: 'gatherND', args: [input('x'), input('at')] }),
};

interface Statistics {
  readonly epsilon: number;
}

const normalisation: TfjsOperator<Statistics> = {
  name: 'batchNorm',
  cases: (fc) =>
    seeded(
      fc,
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })).map(
        ([height, channels, batch]): Geometry<Statistics> => ({
          inputs: {
            x: f32([batch, height, 1, channels], linear),
            mean: f32([channels], linear),
            variance: f32([channels], { draw: { kind: 'range', low: 0.5, high: 2 } }),
            offset: f32([channels], linear),
            scale: f32([channels], linear),
          },
          attributes: { epsilon: 0.125 },
          condition: 4,
        }),
      ),
    ),
  call: ({ epsilon }) => ({
    call: 'batchNorm',
    args: [input('x'), input('mean'), input('variance'), input('offset'), input('scale'), epsilon],
  }),
  reference: ({ x, mean, variance, offset, scale }, { epsilon }) =>
    channelsLast(
      batchNorm(channelsSecond(x!), {
        mean: mean!,
        variance: variance!,
        beta: offset!,
        gamma: scale!,
        epsilon,
      }) as Tensor,
    ),
};

const shapes = (fc: typeof FastCheck): FastCheck.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });

/** An operator that moves elements, with numbers for every axis. */
function movement(
  name: string,
  most: number,
  args: (amounts: readonly number[], shape: readonly number[]) => readonly Argument[],
  reference?: (x: Tensor, amounts: readonly number[]) => Tensor,
): TfjsOperator<{ readonly amounts: readonly number[]; readonly shape: readonly number[] }> {
  return {
    name,
    cases: (fc) =>
      seeded(
        fc,
        shapes(fc).chain((shape) =>
          fc
            .tuple(...shape.map(() => fc.nat(most)))
            .map((amounts) => ({ inputs: { x: f32(shape, linear) }, attributes: { amounts, shape } })),
        ),
      ),
    call: ({ amounts, shape }) => ({ call: name, args: [input('x'), ...args(amounts, shape)] }),
    ...(reference && { reference: ({ x }, { amounts }) => reference(x!, amounts) }),
  };
}

const movements: readonly TfjsOperator[] = [
  movement(
    'tile',
    2,
    (amounts) => [amounts.map((n) => n + 1)],
    (x, amounts) =>
      tile(
        x,
        amounts.map((n) => n + 1),
      ) as Tensor,
  ),
  movement(
    'pad',
    2,
    (amounts) => [amounts.map((n) => [n, 1])],
    (x, amounts) =>
      pad(
        x,
        amounts.map((n) => [n, 1] as const),
      ) as Tensor,
  ),
  movement(
    'reverse',
    0,
    (amounts) => [amounts.map((_, axis) => axis)],
    (x, amounts) => amounts.reduce<Tensor>((t, _, axis) => flip(t, axis), x),
  ),
  movement(
    'stridedSlice',
    0,
    (amounts, shape) => [amounts, shape, amounts.map(() => 1)],
    (x) => slice(x, { starts: x.shape.map(() => 0), limits: x.shape }) as Tensor,
  ),
];

const einsum: TfjsOperator = {
  name: 'einsum',
  cases: (fc) =>
    seeded(
      fc,
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })).map(([m, n]) => ({
        inputs: { a: f32([m, n], linear), b: f32([n, m], linear) },
        attributes: {},
      })),
    ),
  call: () => ({ call: 'einsum', args: [text('ij,jk->ik'), input('a'), input('b')] }),
  reference: ({ a, b }) => matmul(a!, b!) as Tensor,
};

/** Products, look-ups, normalisation and movement. */
export const tensors: readonly TfjsOperator[] = [
  product('matMul', 'none'),
  product('matMul stacked', 'same'),
  product('matMul broadcast', 'broadcast'),
  gather,
  gatherNd,
  normalisation,
  einsum,
  ...movements,
];
