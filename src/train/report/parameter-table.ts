import { sizeOf } from '../../graph/shape.ts';
import { showType, type Type } from '../../graph/type.ts';
import type { Table } from '../../report/index.ts';

/** Each tensor that is learnt, and how many numbers they are together. */
export function parameterTable(types: { readonly [name: string]: Type }): {
  readonly table: Table;
  readonly count: number;
} {
  const rows = Object.entries(types).map(([name, type]) => [name, showType(type), sizeOf(type.shape)] as const);
  return {
    table: { title: '', head: ['parameter', 'type', 'numbers'], rows },
    count: rows.reduce((sum, [, , size]) => sum + size, 0),
  };
}
