import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType, type Type } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { checkTable } from './check-table.ts';
import { linearWindowsCases } from './linear-windows-cases.ts';
import { applyTable } from './linear-windows-kernel.ts';
import { type Row, rowsOf, tableOf, transposeRows, type WeightTable } from './weight-table.ts';

export interface LinearWindowsAttributes {
  readonly axis: number;
  /** One row per output position: which positions of x it sums, with which weights. */
  readonly table: WeightTable;
}

/** The record of `linearWindows`. */
export const linearWindowsOp: Op<'x', LinearWindowsAttributes> = defineOp('linearWindows', {
  doc:
    'y[…, i, …] = Σ_t weight[i,t]·x[…, source[i,t], …]: a sparse matrix along one axis, given row by row. ' +
    'Average pooling, resizing, and padding with x itself are made of it.',
  infer: ({ x }, attributes) => linearWindowsType(x, attributes),
  kernel: ({ x }, { axis, table }, y) => applyTable(x, axis, table, y),
  vjp: {
    x: ({ x, ct }, { axis, table }) =>
      linearWindowsOp({ x: ct }, { axis, table: tableOf(transposeRows(rowsOf(table), x.shape[axis]!)) }),
  },
  degree: { x: 1 },
  cases: linearWindowsCases,
  reach: ({ x }, { axis, table }) => {
    const rows = rowsOf(table);
    const row = (index: number): number[] => rows[index]!.map(([source]) => source);
    return { x: { kind: 'axes', axes: x.shape.map((_, k) => (k === axis ? { kind: 'rows', axis, row } : along(k))) } };
  },
  flops: ({ x, y }, { axis, table }) => 2 * products(x, y, axis, table),
  multiplyAdds: ({ x, y }, { axis, table }) => {
    const count = products(x, y, axis, table);
    return { exact: count, formula: count };
  },
  example: (g) =>
    linearWindows(g.input('x', f64(2, 3)), 1, [
      [[0, 1]],
      [
        [0, 0.5],
        [1, 0.5],
      ],
      [[1, 1]],
      [
        [1, 0.5],
        [2, 0.5],
      ],
      [[2, 1]],
    ]),
});

/**
 * A sparse matrix applied along `axis`: row i lists the positions of x that output i sums, with their weights.
 *
 * @throws GraphError `linear-windows/table` for a source outside the axis.
 */
export const linearWindows = (x: Tensor, axis: number, rows: readonly Row[]): Tensor =>
  linearWindowsOp({ x }, { axis, table: tableOf(rows) });

function products(x: Type, y: Type, axis: number, table: WeightTable): number {
  const taps = table.reduce((sum, { count, rows }) => sum + count * rows.reduce((n, row) => n + row.length, 0), 0);
  return taps * sizeOf(y.shape.toSpliced(axis, 1)) * Math.min(1, x.shape[axis]!);
}

function linearWindowsType(x: Type, { axis, table }: LinearWindowsAttributes): Type {
  if (!isFloat(x.dtype))
    fail('linear-windows/dtype', `${showType(x)} is not a float tensor`, 'cast it to f32 or f64 first.');
  if (!Number.isSafeInteger(axis) || axis < 0 || axis >= x.shape.length)
    fail(
      'linear-windows/axis',
      `${showType(x)} has no axis ${String(axis)}`,
      `choose an axis from 0 to ${x.shape.length - 1}.`,
    );
  return { dtype: x.dtype, shape: x.shape.with(axis, checkTable(table, x.shape[axis]!)) };
}
