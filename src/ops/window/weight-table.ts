/** One row of a sparse matrix: pairs of a source position and its weight. */
export type Row = readonly (readonly [source: number, weight: number])[];

/** `rows`, repeated `count` times, their sources `step` further each time. */
interface RowBlock {
  readonly count: number;
  readonly step: number;
  readonly rows: readonly Row[];
}

/**
 * A sparse matrix, row by row: plain, explicit JSON, but with what repeats written once. Upsampling an axis of 512 by 2
 * is three blocks, average pooling one, and so are their transposes.
 */
export type WeightTable = readonly RowBlock[];

/** Periods that `tableOf` looks for; longer ones save little. */
const longestPeriod = 8;

/** Writes rows as a table: greedily, the period that covers most rows from each place on. */
export function tableOf(rows: readonly Row[]): WeightTable {
  const table: RowBlock[] = [];
  for (let start = 0; start < rows.length; ) {
    let best: RowBlock = { count: 1, step: 0, rows: [rows[start]!] };
    for (let period = 1; period <= longestPeriod && start + 2 * period <= rows.length; period++) {
      const step = stepBetween(rows, start, period);
      let count = 1;
      while (step !== undefined && continues(rows, start, period, step, count)) count++;
      if (count > 1 && count * period > best.count * best.rows.length)
        best = { count, step: step!, rows: rows.slice(start, start + period) };
    }
    const previous = table.at(-1);
    // Rows that repeat nothing stand together in one block.
    if (best.count === 1 && previous?.count === 1)
      table[table.length - 1] = { ...previous, rows: [...previous.rows, ...best.rows] };
    else table.push(best);
    start += best.count * best.rows.length;
  }
  return table;
}

/** Every row of a table, written out. */
export const rowsOf = (table: WeightTable): Row[] =>
  table.flatMap(({ count, step, rows }) =>
    Array.from({ length: count }, (_, i) => i * step).flatMap((shift) =>
      rows.map((row) => row.map(([source, weight]): [number, number] => [source + shift, weight])),
    ),
  );

/** The rows of the transposed matrix, for sources 0 to `size` − 1. */
export function transposeRows(rows: readonly Row[], size: number): Row[] {
  const columns = Array.from({ length: size }, (): [number, number][] => []);
  rows.forEach((row, i) => {
    for (const [source, weight] of row) columns[source]!.push([i, weight]);
  });
  return columns;
}

/** How far the sources move in one period, read from the first row that has any. */
function stepBetween(rows: readonly Row[], start: number, period: number): number | undefined {
  for (let i = start; i < start + period; i++) {
    const [here, next] = [rows[i]!, rows[i + period]!];
    if (here.length !== next.length) return undefined;
    if (here.length > 0) return next[0]![0] - here[0]![0];
  }
  return 0;
}

/** Whether the period after `count` of them goes on in the same way. */
function continues(rows: readonly Row[], start: number, period: number, step: number, count: number): boolean {
  const shift = count * step;
  for (let i = start; i < start + period; i++) {
    const [first, here] = [rows[i]!, rows[i + count * period]];
    if (here === undefined || here.length !== first.length) return false;
    for (let t = 0; t < first.length; t++)
      if (here[t]![0] !== first[t]![0] + shift || !Object.is(here[t]![1], first[t]![1])) return false;
  }
  return true;
}
