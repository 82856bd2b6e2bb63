import type { Tensor } from '../../graph/tensor.ts';
import { linearWindows } from '../window/linear-windows.ts';
import type { Row } from '../window/weight-table.ts';

/** A sparse matrix along each axis that has one, the outermost first; identities add no node. */
export const separable = (x: Tensor, rows: readonly (readonly Row[] | undefined)[]): Tensor =>
  rows.reduce(
    (y, matrix, axis) =>
      matrix === undefined || isIdentity(matrix, y.shape[axis]!) ? y : linearWindows(y, axis, matrix),
    x,
  );

const isIdentity = (rows: readonly Row[], size: number): boolean =>
  rows.length === size && rows.every((row, i) => row.length === 1 && row[0]![0] === i && row[0]![1] === 1);
