import type { Matrix } from './toom-cook.ts';

/** A multiple of a vector, by its number. */
export interface Term {
  readonly factor: number;
  readonly vector: number;
}

/** A factor times a sum of terms, of which the first is to be taken first. */
export interface Sum {
  readonly scale: number;
  readonly terms: readonly Term[];
}

/** Two rows that are the sum and the difference of an even and an odd part. */
interface RowPair {
  readonly rows: readonly [number, number];
  readonly even: Sum;
  readonly odd: Sum;
  /** The odd part with the first term's factor taken out where no term is plain: for where multiplying by it is free. */
  readonly scaledOdd: Sum;
}

/**
 * A product with a small matrix in few operations: what belongs to opposite points is computed together. Vectors are
 * numbered: the columns, then the sum and the difference of each pair of columns.
 */
export interface LinearForm {
  /** Whether any row takes the column. */
  readonly counts: readonly boolean[];
  readonly columnPairs: readonly (readonly [number, number])[];
  readonly single: readonly { readonly row: number; readonly sum: Sum }[];
  readonly pairs: readonly RowPair[];
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

/** Takes out the factor that all terms have, or else, where the multiplication is `free`, the first one's. */
function sumOf(terms: readonly Term[], free: boolean = false): Sum {
  if (terms.length === 0) return { scale: 1, terms };
  const common = terms.every(({ factor }) => alike(Math.abs(factor), Math.abs(terms[0]!.factor)));
  const ones = terms.some(({ factor }) => Math.abs(factor) === 1);
  const scale = common || (free && !ones) ? (terms.find(({ factor }) => factor > 0) ?? terms[0]!).factor : 1;
  const divided = terms.map(({ factor, vector }) => ({
    vector,
    factor: common ? Math.sign(factor) * Math.sign(scale) : factor / scale,
  }));
  const first = divided.find(({ factor }) => factor === 1) ?? divided[0]!;
  return { scale, terms: [first, ...divided.filter((term) => term !== first)] };
}

function formOf(matrix: Matrix): LinearForm {
  const columns = (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j]!));
  const rows: Term[][] = matrix.map(() => []);
  const into = (vector: number, factors: readonly number[]): void => {
    for (const [i, factor] of factors.entries()) if (factor !== 0) rows[i]!.push({ factor, vector });
  };
  const columnPairs: [number, number][] = [];
  for (const [j, partner] of pairsOf(columns)) {
    const column = columns[j]!;
    if (partner === undefined) {
      into(j, column);
      continue;
    }
    const other = columns[partner]!;
    const where = (keep: boolean): number[] =>
      column.map((factor, i) => (alike(factor, other[i]!) === keep ? factor : 0));
    const sum = columns.length + 2 * columnPairs.length;
    into(sum, where(true));
    into(sum + 1, where(false));
    columnPairs.push([j, partner]);
  }
  const vectors = columns.length + 2 * columnPairs.length;
  const dense = rows.map((row) => {
    const factors = new Array<number>(vectors).fill(0);
    for (const { factor, vector } of row) factors[vector] = factor;
    return factors;
  });
  const lines = pairsOf(dense);
  return {
    counts: columns.map((column) => column.some((factor) => factor !== 0)),
    columnPairs,
    single: lines.flatMap(([row, partner]) => (partner === undefined ? [{ row, sum: sumOf(rows[row]!) }] : [])),
    pairs: lines.flatMap(([row, partner]) => {
      if (partner === undefined) return [];
      const same = ({ factor, vector }: Term): boolean => alike(dense[partner]![vector]!, factor);
      const odd = rows[row]!.filter((term) => !same(term));
      return [
        {
          rows: [row, partner] as const,
          even: sumOf(rows[row]!.filter(same)),
          odd: sumOf(odd),
          scaledOdd: sumOf(odd, true),
        },
      ];
    }),
  };
}

const known = new WeakMap<Matrix, LinearForm>();

/** The form of a matrix, found once: programs take the same few matrices many times. */
export function linearForm(matrix: Matrix): LinearForm {
  const form = known.get(matrix) ?? formOf(matrix);
  known.set(matrix, form);
  return form;
}
