import { fail } from '../../graph/error.ts';
import type { WeightTable } from './weight-table.ts';

/** Number of rows of a table that reads an axis of `size` elements; refuses what is not such a table. */
export function checkTable(table: WeightTable, size: number): number {
  if (!Array.isArray(table)) refuse('the table is not a list of blocks');
  let length = 0;
  for (const { count, step, rows } of table) {
    if (!Number.isSafeInteger(count) || count < 1) refuse(`a block is repeated ${String(count)} times`);
    if (!Number.isSafeInteger(step)) refuse(`a block moves by ${String(step)} elements`);
    if (!Array.isArray(rows)) refuse('a block has no rows');
    for (const row of rows)
      for (const [source, weight] of row) {
        if (typeof weight !== 'number') refuse(`${String(weight)} is not a weight`);
        for (const at of [source, source + (count - 1) * step])
          if (!Number.isSafeInteger(at) || at < 0 || at >= size)
            refuse(`row ${length} reads position ${String(at)} of an axis of ${size} elements`);
      }
    length += count * rows.length;
  }
  return length;
}

const refuse = (what: string): never =>
  fail('linear-windows/table', what, 'give one row per output, with pairs of a position inside the axis and a weight.');
