import type { Local } from '../../../encode/wasm-function.ts';
import type { KernelCode } from '../../kernel.ts';
import type { Matrix } from './toom-cook.ts';

/** Where a map's vectors come from and go to. */
export interface Ends {
  /** Leaves input `column` on the stack; called once for every column that counts, in their order. */
  load(column: number): void;
  /** Takes result `row`: `push` leaves it on the stack, once. Rows come in pairs of opposite points, so in any order. */
  store(row: number, push: () => void): void;
}

interface Term {
  readonly factor: number;
  readonly vector: Local;
}

const alike = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.abs(a);
const isPair = (a: readonly number[], b: readonly number[]): boolean =>
  a.filter((value) => value !== 0).length > 1 && a.every((value, i) => alike(Math.abs(value), Math.abs(b[i]!)));

/** Every line with its partner, which has the same sizes and is given once, or with none. */
function pairsOf(lines: readonly (readonly number[])[]): (readonly [number, number | undefined])[] {
  const taken = new Set<number>();
  return lines.flatMap((line, i): (readonly [number, number | undefined])[] => {
    if (taken.has(i)) return [];
    const partner = lines.findIndex((other, j) => j > i && !taken.has(j) && isPair(line, other));
    if (partner < 0) return [[i, undefined]];
    taken.add(partner);
    return [[i, partner]];
  });
}

/**
 * Code for one product of a small constant matrix with a column of f32 vectors. What belongs to opposite points is
 * computed together: their columns as sum and difference, their rows from an even and an odd part. About twelve vectors
 * are alive at most where the matrix has six columns, so that one line of a transform stays in registers.
 */
export function linearMap({ f, features }: KernelCode, matrix: Matrix, { load, store }: Ends): void {
  const rows: Term[][] = matrix.map(() => []);
  const into = (vector: Local, factors: readonly number[]): void => {
    for (const [i, factor] of factors.entries()) if (factor !== 0) rows[i]!.push({ factor, vector });
  };
  const columns = (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j]!));
  const loaded = columns.map((column, j) => {
    const vector = f.local('v128');
    if (column.some((factor) => factor !== 0)) load(j);
    else f.f32x4(0);
    f.set(vector);
    return vector;
  });
  for (const [j, partner] of pairsOf(columns)) {
    const column = columns[j]!;
    if (partner === undefined) {
      into(loaded[j]!, column);
      continue;
    }
    const other = columns[partner]!;
    const [sum, difference] = f.locals('v128', 2);
    f.get(loaded[j]!).get(loaded[partner]!).op('f32x4.add').set(sum);
    f.get(loaded[j]!).get(loaded[partner]!).op('f32x4.sub').set(difference);
    const where = (keep: boolean): number[] =>
      column.map((factor, i) => (alike(factor, other[i]!) === keep ? factor : 0));
    into(sum, where(true));
    into(difference, where(false));
  }

  // Rows over sums and differences, in the columns' places.
  const vectors = [...new Set(rows.flat().map(({ vector }) => vector))];
  const dense = rows.map((row) => vectors.map((vector) => row.find((term) => term.vector === vector)?.factor ?? 0));

  const scaled = (factor: number): void => {
    if (factor === -1) f.op('f32x4.neg');
    else if (factor !== 1) f.f32x4(factor).op('f32x4.mul');
  };
  /** The vector on the stack plus a multiple of another. */
  const plus = ({ factor, vector }: Term): void => {
    if (Math.abs(factor) === 1) f.get(vector).op(factor > 0 ? 'f32x4.add' : 'f32x4.sub');
    else if (features.relaxed) {
      const before = f.local('v128');
      f.set(before).get(vector).f32x4(factor).get(before).op('f32x4.relaxed_madd');
    } else f.get(vector).f32x4(factor).op('f32x4.mul').op('f32x4.add');
  };
  /**
   * Leaves the terms' sum on the stack, over a factor that is returned and still to be multiplied with: the one that all
   * terms have, or else, where the multiplication is `free`, the first one's.
   */
  const sum = (terms: readonly Term[], free = false): number => {
    if (terms.length === 0) {
      f.f32x4(0);
      return 1;
    }
    const common = terms.every(({ factor }) => alike(Math.abs(factor), Math.abs(terms[0]!.factor)));
    const ones = terms.some(({ factor }) => Math.abs(factor) === 1);
    const scale = common || (free && !ones) ? (terms.find(({ factor }) => factor > 0) ?? terms[0]!).factor : 1;
    const divided = terms.map(({ factor, vector }) => ({
      vector,
      factor: common ? Math.sign(factor) * Math.sign(scale) : factor / scale,
    }));
    const first = divided.find(({ factor }) => factor === 1) ?? divided[0]!;
    f.get(first.vector);
    scaled(first.factor);
    for (const term of divided) if (term !== first) plus(term);
    return scale;
  };
  for (const [i, partner] of pairsOf(dense)) {
    if (partner === undefined) {
      store(i, () => scaled(sum(rows[i]!)));
      continue;
    }
    const opposite = rows[partner]!;
    const shared = (keep: boolean): Term[] =>
      rows[i]!.filter(({ factor, vector }) =>
        opposite.some((other) => other.vector === vector && alike(other.factor, factor) === keep),
      );
    const [even, odd] = f.locals('v128', 2);
    scaled(sum(shared(true)));
    f.set(even);
    const scale = sum(shared(false), features.relaxed);
    const fused = features.relaxed && scale !== 1;
    if (!fused) scaled(scale);
    f.set(odd);
    const result = (of: number, plain: 'f32x4.add' | 'f32x4.sub', madd: 'f32x4.relaxed_madd' | 'f32x4.relaxed_nmadd') =>
      store(of, () => {
        if (fused) f.get(odd).f32x4(scale).get(even).op(madd);
        else f.get(even).get(odd).op(plain);
      });
    result(i, 'f32x4.add', 'f32x4.relaxed_madd');
    result(partner, 'f32x4.sub', 'f32x4.relaxed_nmadd');
  }
}
