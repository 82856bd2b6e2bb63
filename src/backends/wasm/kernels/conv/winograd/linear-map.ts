import type { KernelCode } from '../../kernel.ts';
import { linearForm, type Sum, type Term } from './linear-form.ts';
import type { Matrix } from './toom-cook.ts';

/** Where a map's vectors come from and go to. */
export interface Ends {
  /** Leaves input `column` on the stack; called once for every column that counts, in their order. */
  load(column: number): void;
  /** Takes result `row`: `push` leaves it on the stack, once. Rows come in pairs of opposite points, so in any order. */
  store(row: number, push: () => void): void;
}

/**
 * Code for one product of a small constant matrix with a column of f32 vectors. What belongs to opposite points is
 * computed together: their columns as sum and difference, their rows from an even and an odd part. About twelve vectors
 * are alive at most where the matrix has six columns, so that one line of a transform stays in registers.
 */
export function linearMap({ f, features }: KernelCode, matrix: Matrix, { load, store }: Ends): void {
  const { counts, columnPairs, single, pairs } = linearForm(matrix);
  const vectors = counts.map((counted, j) => {
    const vector = f.local('v128');
    if (counted) load(j);
    else f.f32x4(0);
    f.set(vector);
    return vector;
  });
  for (const [j, partner] of columnPairs) {
    const [sum, difference] = f.locals('v128', 2);
    f.get(vectors[j]!).get(vectors[partner]!).op('f32x4.add').set(sum);
    f.get(vectors[j]!).get(vectors[partner]!).op('f32x4.sub').set(difference);
    vectors.push(sum, difference);
  }

  const scaled = (factor: number): void => {
    if (factor === -1) f.op('f32x4.neg');
    else if (factor !== 1) f.f32x4(factor).op('f32x4.mul');
  };
  /** The vector on the stack plus a multiple of another. */
  const plus = ({ factor, vector }: Term): void => {
    const other = vectors[vector]!;
    if (Math.abs(factor) === 1) f.get(other).op(factor > 0 ? 'f32x4.add' : 'f32x4.sub');
    else if (features.relaxed) {
      const before = f.local('v128');
      f.set(before).get(other).f32x4(factor).get(before).op('f32x4.relaxed_madd');
    } else f.get(other).f32x4(factor).op('f32x4.mul').op('f32x4.add');
  };
  /** Leaves the terms' sum on the stack, over the factor that is still to be multiplied with. */
  const unscaled = ({ terms: [first, ...rest] }: Sum): void => {
    if (first === undefined) {
      f.f32x4(0);
      return;
    }
    f.get(vectors[first.vector]!);
    scaled(first.factor);
    for (const term of rest) plus(term);
  };
  const whole = (sum: Sum): void => {
    unscaled(sum);
    scaled(sum.scale);
  };
  for (const { row, sum } of single) store(row, () => whole(sum));
  for (const { rows, even, odd, scaledOdd } of pairs) {
    const [a, b] = f.locals('v128', 2);
    whole(even);
    f.set(a);
    const part = features.relaxed ? scaledOdd : odd;
    const fused = features.relaxed && part.scale !== 1;
    if (fused) unscaled(part);
    else whole(part);
    f.set(b);
    const result = (of: number, plain: 'f32x4.add' | 'f32x4.sub', madd: 'f32x4.relaxed_madd' | 'f32x4.relaxed_nmadd') =>
      store(of, () => {
        if (fused) f.get(b).f32x4(part.scale).get(a).op(madd);
        else f.get(a).get(b).op(plain);
      });
    result(rows[0], 'f32x4.add', 'f32x4.relaxed_madd');
    result(rows[1], 'f32x4.sub', 'f32x4.relaxed_nmadd');
  }
}
